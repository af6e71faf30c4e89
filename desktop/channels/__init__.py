"""The only home of what leaves the machine: mail by SMTP, texts by an HTTPS hook, digests to be time-stamped.

A channel is handed its set-up, its secret and one message; what went wrong comes back in words, with whether trying
again may help. Knows nothing of books, leads or keyrings, and keeps nothing.
"""

from desktop.channels.errors import NotSentError, UnsureError
from desktop.channels.hook import HookSetup, post
from desktop.channels.mail import Attachment, Mail, SmtpSetup, log_in, send
from desktop.channels.stamp import ask_stamp

__all__ = [
    "Attachment", "HookSetup", "Mail", "NotSentError", "SmtpSetup", "UnsureError", "ask_stamp", "log_in", "post",
    "send",
]  # fmt: skip
