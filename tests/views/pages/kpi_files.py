"""A small agency whose KPIs can be counted by hand: eight leads of March, two won, one lost, calls, an exception."""

from __future__ import annotations

from pathlib import Path

PRODUCERS = """producer_code,name,role,hired_on
DM,Dana Marsh,producer,2024-01-01
OP,Owen Pryce,producer,2024-01-01
"""
LEADS = """lead_id,received_at,first_name,last_name,source,state,line,producer,estimated_premium
L1,2026-03-02 09:00,Ann,Able,Referral,OH,Homeowners,Dana Marsh,1000
L2,2026-03-02 10:00,Ben,Baker,Referral,OH,Homeowners,Dana Marsh,2000
L3,2026-03-03 09:00,Cara,Cole,Web,KY,Personal Auto,Dana Marsh,900
L4,2026-03-03 09:30,Dan,Drew,Web,OH,Personal Auto,Owen Pryce,800
L5,2026-03-04 09:00,Eve,Ellis,Web,OH,BOP,Owen Pryce,4000
L6,2026-03-05 09:00,Fay,Ford,Web,RI,BOP,Owen Pryce,3000
L7,2026-03-06 09:00,Gus,Gray,Web,,BOP,Owen Pryce,
L8,2026-02-16 09:00,Hal,Hope,Referral,OH,BOP,Dana Marsh,5000
"""
STAGES = """pipeline,stage,entered_at,lead_id,policy_number,carrier,detail
sales,contacted,2026-03-02 12:00,L1,,,
sales,needs_analysis,2026-03-03 12:00,L1,,,
sales,quoted,2026-03-04 12:00,L1,,,
sales,won,2026-03-09 12:00,L1,,,
sales,contacted,2026-03-02 13:00,L2,,,
sales,needs_analysis,2026-03-04 13:00,L2,,,
sales,contacted,2026-03-03 13:00,L4,,,
sales,lost,2026-03-10 13:00,L5,,,
sales,quoted,2026-02-17 09:00,L8,,,
exceptions,new_exception,2026-03-03 09:00,,P-1,,payment
exceptions,resolved,2026-03-06 09:00,,P-1,,
underwriting,submitted,2026-03-05 09:00,L1,,Acme Mutual,
"""
ACTIVITIES = """activity_id,occurred_at,producer,kind,direction,outcome,minutes,lead_id
A1,2026-03-02 09:30,Dana Marsh,call,outbound,connected,10,L1
A2,2026-03-02 10:03,Dana Marsh,call,outbound,no_answer,1,L2
A3,2026-03-02 13:00,Dana Marsh,call,outbound,connected,5,L2
A4,2026-03-03 10:30,Owen Pryce,call,outbound,connected,8,L4
A5,2026-03-04 10:00,Owen Pryce,call,outbound,no_answer,1,L5
A6,2026-03-09 11:00,Owen Pryce,email,inbound,,,L6
"""
POLICIES = """policy_number,client,producer,line,transaction,bound_on,effective_on,annual_premium,carrier,source,\
commission
P-1,Ann Able,Dana Marsh,Homeowners,new,2026-03-02,2026-03-02,1200,Acme Mutual,Referral,180
P-2,Zoe Zane,Owen Pryce,BOP,new,2026-02-05,2026-02-05,4000,Harbor Casualty,Web,
"""


def write_agency(folder: Path) -> list[Path]:
    """The files, in a folder made for them."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "producers": PRODUCERS,
        "leads": LEADS,
        "stages": STAGES,
        "activities": ACTIVITIES,
        "policies": POLICIES,
    }
    found = []
    for name, text in texts.items():
        file = folder / f"{name}.csv"
        file.write_text(text, encoding="utf-8")
        found.append(file)
    return found
