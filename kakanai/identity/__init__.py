"""Who 本人: facts about a person, each with where it came from."""
