from dialogues.models.ballot import Ballot, BallotOption, Reason, Slip
from dialogues.models.dialogue import Dialogue
from dialogues.models.statement import Correction, Erasure, Objection, Statement

__all__ = [
    "Ballot",
    "BallotOption",
    "Correction",
    "Dialogue",
    "Erasure",
    "Objection",
    "Reason",
    "Slip",
    "Statement",
]
