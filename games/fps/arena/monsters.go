package arena

// commandMonsters decides what the monsters of survival do.
func (w *World) commandMonsters() {}
