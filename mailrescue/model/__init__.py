"""The values that flow through mailrescue: frozen, typed, standard library only. They do nothing; they say what is."""
