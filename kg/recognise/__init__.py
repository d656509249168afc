"""Recognition: mentions of persons, agencies, companies, organisations, projects and places."""

from kg.recognise.recogniser import Recogniser

__all__ = ["Recogniser"]
