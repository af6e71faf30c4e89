"""The only home of what leaves the machine: mail by SMTP, texts by an HTTPS hook.

A channel is handed its set-up, its secret and one message; what went wrong comes back in words, with whether trying
again may help. Knows nothing of books, leads or keyrings, and keeps nothing.
"""

from desktop.channels.errors import NotSentError, UnsureError
from desktop.channels.hook import HookSetup, post
from desktop.channels.mail import Attachment, Mail, SmtpSetup, log_in, send

__all__ = ["Attachment", "HookSetup", "Mail", "NotSentError", "SmtpSetup", "UnsureError", "log_in", "post", "send"]
