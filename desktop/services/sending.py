"""Messages from the outbox to the channels, each once: written as going before it goes, and as gone after.

A message that was going when the program died is not sent again but shown as unsure. Failures are kept in words and
tried again with growing pauses; none of them touches an assignment (routing.md 5). Secrets stay in the keyring.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop import credentials
from desktop.core import contacting
from desktop.core.templates import Cell
from desktop.errors import UserError
from desktop.logs import log
from desktop.models import edits, journal, routing_ladder
from desktop.models.journal import Author
from desktop.models.routing_ladder import FAILED, QUEUED, SENDING, SENT, UNSURE, WITHDRAWN, Message, Task
from desktop.services import configuration, escalating
from desktop.services.edits import Changes
from desktop.services.routing import kept_lead

if TYPE_CHECKING:
    from desktop.channels import HookSetup, SmtpSetup
    from desktop.models.book import Book

EMAIL, TEXT = "email", "text"
PAUSES_MIN = (1, 5, 15, 60, 240)
"""Minutes until the next attempt; after the last a message counts as failed."""

Secrets = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a round of sending did: numbers, and what went wrong in words with the message's key."""

    sent: int = 0
    waiting: int = 0
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel as the settings page shows it: its set-up (None: not set up), and whether a secret is kept."""

    name: str
    value: Mapping[str, Any] | None
    has_secret: bool


# --- set-up -----------------------------------------------------------------------------------------------------------


def smtp(book: Book) -> SmtpSetup | None:
    """The mail server, None where none is set up."""
    from desktop.channels import SmtpSetup

    value = _value(book, EMAIL)
    return None if value is None else SmtpSetup(**value)


def mail_secret(book: Book, secrets: Secrets = credentials.get) -> str | None:
    """The mail server's password, None where none is kept; asks the keyring."""
    value = _value(book, EMAIL)
    return None if value is None else secrets(_secret_name(EMAIL, value))


def hook(book: Book) -> HookSetup | None:
    """The text service's hook, None where none is set up."""
    from desktop.channels import HookSetup

    value = _value(book, TEXT)
    return None if value is None else HookSetup(**value)


def text_secret(book: Book, secrets: Secrets = credentials.get) -> str | None:
    """The text service's secret, None where none is kept; asks the keyring."""
    value = _value(book, TEXT)
    return None if value is None else secrets(_secret_name(TEXT, value))


def channels(book: Book) -> frozenset[str]:
    """The channels that are set up: `email`, `text`."""
    return frozenset(name for name in (EMAIL, TEXT) if _value(book, name) is not None)


def states(book: Book, secrets: Secrets = credentials.get) -> tuple[ChannelState, ...]:
    """Both channels for the settings page; asks the keyring."""
    found = []
    for name in (EMAIL, TEXT):
        value = _value(book, name)
        found.append(ChannelState(name, value, value is not None and secrets(_secret_name(name, value)) is not None))
    return tuple(found)


def mail_setup(host: str, port: int, sender: str, security: str = "starttls", user: str = "") -> SmtpSetup:
    """A mail server's set-up as typed; UserError for what cannot work."""
    from desktop.channels import SmtpSetup

    made = SmtpSetup(host.strip(), port, sender.strip(), security, user.strip())
    made.check()
    return made


def text_setup(
    url: str,
    to_field: str = "to",
    text_field: str = "text",
    extra: Mapping[str, str] | None = None,
    *,
    header: str = "Authorization",
    prefix: str = "Bearer ",
) -> HookSetup:
    """A text service's set-up as typed; UserError for what cannot work."""
    from desktop.channels import HookSetup

    made = HookSetup(url.strip(), to_field.strip(), text_field.strip(), header.strip(), prefix, dict(extra or {}))
    made.check()
    return made


def set_up(book: Book, setup: SmtpSetup | HookSetup, author: Author, secret: str | None = None) -> Changes:
    """Keep a channel's set-up in the book (undoable) and its secret, where given, in the keyring.

    UserError for a set-up that cannot work, or where there is no keyring for the secret.
    """
    setup.check()
    name, value = (EMAIL if hasattr(setup, "host") else TEXT), asdict(setup)
    if secret is not None:
        credentials.set(_secret_name(name, value), secret)
    label = "Set up the mail server" if name == EMAIL else "Set up the text service"
    with book.transaction():
        action = journal.open_action(book, author, "channel.change", label)
        cells: dict[str, Cell] = {"name": name, "value": json.dumps(value, sort_keys=True)}
        changed = edits.edit_row(book, action, "channel", name, cells, author.at)
    return Changes(label, changed)


def take_down(book: Book, name: str, author: Author) -> Changes:
    """Forget a channel (undoable) and its secret."""
    value = _value(book, name)
    if value is None:
        return Changes("", changed=False)
    credentials.delete(_secret_name(name, value))
    label = "Remove the mail server" if name == EMAIL else "Remove the text service"
    with book.transaction():
        action = journal.open_action(book, author, "channel.change", label)
        edits.delete_row(book, action, "channel", name)
    return Changes(label)


def try_out(setup: SmtpSetup | HookSetup, secret: str | None, to: str) -> None:
    """Send one message to oneself with a set-up that is not kept yet. UserError in words when it does not go."""
    from desktop.channels import HookSetup, Mail, post, send

    key = hashlib.blake2b(f"{to}{datetime.now().isoformat()}".encode(), digest_size=12).hexdigest()
    if isinstance(setup, HookSetup):
        post(setup, secret, key, to, "Producer Desk can send texts.")
    else:
        send(setup, secret, Mail(key, to, "Producer Desk can send mail", "This is the test that you asked for."))


def _value(book: Book, name: str) -> dict[str, Any] | None:
    row = edits.read_row(book, "channel", name)
    if row is None:
        return None
    found: dict[str, Any] = json.loads(str(row["value"]))
    return found


def _secret_name(name: str, value: Mapping[str, Any]) -> str:
    return f"smtp:{value['host']}:{value['user']}" if name == EMAIL else f"hook:{value['url']}"


# --- sending ----------------------------------------------------------------------------------------------------------


def recover(book: Book) -> int:
    """At start-up: what was going when the program ended is unsure now, and is not sent again; returns how many."""
    with book.transaction():
        found = routing_ladder.messages(book, [SENDING])
        for one in found:
            routing_ladder.mark(
                book, one.key, UNSURE, error="The program ended while this was going; it may have left."
            )
    return len(found)


def send_waiting(book: Book, at: datetime, secrets: Secrets = credentials.get) -> Sent:
    """Send what waits and may go by now, one after the other; a failure leaves it waiting for its next attempt.

    Never raises for a channel's fault: problems come back in words. Messages to leads are kept as bulk activities.
    """
    sent, problems = 0, []
    waiting = routing_ladder.messages(book, [QUEUED])
    for one in waiting:
        if one.not_before > at.isoformat(timespec="seconds"):
            continue
        problem = _stopped(book, one, at) if one.audience == "lead" else None
        if problem is None:
            problem = _send(book, one, at, secrets)
        if problem is None:
            sent += 1
        else:
            problems.append((one.key, problem))
    return Sent(sent, len(routing_ladder.messages(book, [QUEUED])), tuple(problems))


def _stopped(book: Book, one: Message, at: datetime) -> str | None:
    """Looks at a message to a lead again right before it goes; what may go no longer becomes a task."""
    if escalating.address_key(one.channel, one.address) in escalating.opted_out(book).get(one.channel, set()):
        why = "The lead asked not to be written to."
    elif one.lead_id not in {each.cells.lead_id for each in _still_open(book, at)}:
        why = "The lead needs it no longer."
    else:
        settings, lead = configuration.load(book), kept_lead(book, one.lead_id)
        allowed = escalating.first_allowed(at, lead, settings)
        if allowed > at:
            with book.transaction():
                routing_ladder.mark(book, one.key, QUEUED, not_before=allowed.isoformat(timespec="seconds"))
            return "It waits for the end of the quiet hours."
        first = escalating.first_allowed(datetime.fromisoformat(one.due_at), lead, settings)
        if not contacting.is_late(first, at):
            return None
        why = "It is more than an hour late."
        _make_task(book, one, why, at)
    with book.transaction():
        routing_ladder.mark(book, one.key, WITHDRAWN, error=why)
    return why


def _still_open(book: Book, at: datetime) -> list[routing_ladder.OnLadder]:
    found = routing_ladder.on_ladder(book, at, escalating.CHASED_DAYS)
    return [one for one in found if one.conversed_at is None]


def _make_task(book: Book, one: Message, why: str, at: datetime) -> None:
    what = f"{'E-mail' if one.channel == EMAIL else 'Text'} {one.address}: {one.body}\n({why})"
    task = Task(f"{one.lead_id}|{one.step}", one.lead_id, one.step, one.due_at, what)
    with book.transaction():
        routing_ladder.add_tasks(book, [task], at.isoformat(timespec="seconds"))


def _send(book: Book, one: Message, at: datetime, secrets: Secrets) -> str | None:
    """One attempt; the problem in words, None when it went."""
    from desktop.channels import NotSentError, UnsureError

    with book.transaction():
        routing_ladder.mark(book, one.key, SENDING)
    try:
        _hand_over(book, one, secrets)
    except UnsureError as error:
        return _settle(book, replace(one, state=UNSURE), error)
    except NotSentError as error:
        return _settle(book, _next_attempt(one, at, again=error.again), error)
    except UserError as error:
        return _settle(book, _next_attempt(one, at, again=True), error)
    with book.transaction():
        routing_ladder.mark(book, one.key, SENT, tries=one.tries + 1, sent_at=at.isoformat(timespec="seconds"))
        if one.audience == "lead":
            _keep_activity(book, one, at)
    return None


def _hand_over(book: Book, one: Message, secrets: Secrets) -> None:
    from desktop.channels import Mail, post, send

    key = hashlib.blake2b(one.key.encode(), digest_size=12).hexdigest()
    value = _value(book, one.channel)
    mail, text = smtp(book), hook(book)
    if value is None or (mail if one.channel == EMAIL else text) is None:
        raise UserError("The channel is no longer set up.", "Set it up again in Settings.")
    secret = secrets(_secret_name(one.channel, value))
    if one.channel == EMAIL and mail is not None:
        send(mail, secret, Mail(key, one.address, one.subject or "", one.body, one.audience == "lead"))
    elif text is not None:
        post(text, secret, key, one.address, one.body)


def _next_attempt(one: Message, at: datetime, *, again: bool) -> Message:
    if not again or one.tries >= len(PAUSES_MIN):
        return replace(one, state=FAILED, tries=one.tries + 1)
    pause = timedelta(minutes=PAUSES_MIN[one.tries])
    return replace(one, state=QUEUED, tries=one.tries + 1, not_before=(at + pause).isoformat(timespec="seconds"))


def _settle(book: Book, one: Message, error: UserError) -> str:
    log().warning("a message by %s did not go: %s", one.channel, type(error).__name__)
    with book.transaction():
        routing_ladder.mark(
            book,
            one.key,
            one.state,
            tries=one.tries,
            not_before=one.not_before,
            error=f"{error.what} {error.what_to_do}",
        )
    return error.what


def _keep_activity(book: Book, one: Message, at: datetime) -> None:
    """A message to a lead as a bulk activity of its owner: on record, and contact nowhere."""
    owner = next((each.cells.owner for each in _still_open(book, at) if each.cells.lead_id == one.lead_id), None)
    routing_ladder.record_sent(book, one, owner, at.isoformat(timespec="seconds"))


def outbox(book: Book, *, all_states: bool = False) -> list[Message]:
    """What waits, failed or is unsure (or everything), the first allowed first."""
    wanted = [QUEUED, SENDING, FAILED, UNSURE]
    return routing_ladder.messages(book, [*wanted, SENT, WITHDRAWN] if all_states else wanted)


def try_again(book: Book, key: str, at: datetime) -> None:
    """Put a failed or unsure message back among those that wait, by a person's decision."""
    with book.transaction():
        routing_ladder.mark(book, key, QUEUED, tries=0, not_before=at.isoformat(timespec="seconds"))


def opt_out(book: Book, channel: str, address: str, at: datetime, why: str = "asked") -> None:
    """Keep that an address wants nothing more by a channel; what waits for it is withdrawn when its turn comes."""
    with book.transaction():
        key = escalating.address_key(channel, address)
        routing_ladder.opt_out(book, channel, key, at.isoformat(timespec="seconds"), why)
