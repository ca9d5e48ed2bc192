"""The referee: two readings of an article come in; the fields of one report go out, each with its certainty."""

from __future__ import annotations

from summarizer.referee.policy import Policy, policy_for
from summarizer.referee.reconciling import reconcile

__all__ = ("Policy", "policy_for", "reconcile")
