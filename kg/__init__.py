"""kg: a knowledge graph of the officials, agencies, companies, projects and places in Chinese newspapers."""


__version__ = "0.1.0"
