"""Header rows as systems write them: each is known as one layout, and by no other's."""

from __future__ import annotations

import pytest

from desktop.importers.mapping import best_match
from desktop.importers.profiles import PROFILES

HEADERS = {
    "agencyzoom_sales": ["Producer,Items,Premium,L&H Premium,Policies,Sales,Points,Revenue"],
    "agencyzoom_sources": ["Lead Source,Items,Premium,L&H Premium,Policies,Sales,Points,Revenue"],
    "agencyzoom_leads": [
        "firstname,lastname,leadType,leadSourceName,enterStageDate,assignToFirstname,assignToLastname,contactDate,"
        "quoteDate,soldDate,xDate,createDate,premium,quoted,workflowName,workflowStageName",
        "Lead ID,First Name,Last Name,Phone,Mobile,Email,Assigned To,Lead Source,Status,Create Date",
        "Lead Name,Email,Phone,Source,Producer,Stage,Created Date",
    ],
    "insuredmine_deals": [
        "agent,userType,policy_mode,producer,policy_number,premium_amount_written,premium_amount,policy_type,"
        "company_name,category_name,policy_start_date,policy_end_date,csr,account_name,email,gender,firstname,city,"
        "account_type,phone,address,state,zip,dob,primary,Applicant ID,agency_id",
    ],
    "crm_opportunities": [
        "Opportunity Name,Contact Name,phone,email,pipeline,stage,Lead Value,source,assigned,Created on,Updated on,"
        "lost reason name,Followers,Notes,tags,Engagement Score,status,Opportunity ID,Contact ID,Pipeline ID",
        "Opportunity ID,Lead Name,Pipeline,Stage,Stage Entered At,Created At,Assigned To,Source,Tags,Value",
    ],
    "crm_conversations": [
        "Message ID,Contact Name,Contact ID,Channel,Direction,Timestamp,User,Body,Tags",
        "Conversation ID,Contact,Type,Direction,Date,Agent,Status,Duration,Tags",
    ],
    "carrier_statement": [
        "Policy Number,Insured,Eff Date,Tran,LOB,Premium,Rate,Commission,Producer",
        ",Policy #,Effective Date,Transaction Type,Premium,Comm %,Commission,Agent",
    ],
    "phone_calls": ["Direction,From,To,Extension / Name,Date,Time,Duration,Action Result"],
    "template_policies": [
        "policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,commission_rate,commission",
    ],
    None: [
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
        "Deal Name,Pipeline,Deal Stage,Amount,Close Date,Create Date,Deal owner",
        "Invoice,Customer,Amount,Due Date,Paid",
    ],
}


@pytest.mark.parametrize(("profile", "header"), [(name, one) for name, listed in HEADERS.items() for one in listed])
@pytest.mark.parametrize("change", [str, str.upper, lambda text: text.replace(" ", "_")])
def test_a_header_row_is_one_layouts(profile: str | None, header: str, change: object) -> None:
    assert callable(change)
    match = best_match(PROFILES, [change(cell) for cell in header.split(",")])
    assert (None if match is None else match.profile.name) == profile
