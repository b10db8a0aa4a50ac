"""Openness: the programme's records as they are handed out, thinned and archived; one list of kinds for all of it."""
