package fps

// Monster is a kind of monster of survival.
type Monster uint8

// The kinds of monsters. NoMonster is a player.
const (
	NoMonster Monster = iota
	Trooper           // a slow one with a pistol
	Gunner            // one with a shotgun
	Brute             // a fast one that bites
	Caster            // one that throws plasma
	Monsters          // one more than how many there are
)

var monsterNames = [...]string{"player", "trooper", "gunner", "brute", "caster"}

// String returns the kind's name.
func (m Monster) String() string { return monsterNames[m] }
