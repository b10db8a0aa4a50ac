"""Forms by what they are about; every choice in them stays within the place."""
