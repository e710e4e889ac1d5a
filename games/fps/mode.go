package fps

// Mode is what a match is about.
type Mode int32

// The modes.
const (
	Deathmatch Mode = iota
	TeamDeathmatch
	CaptureTheFlag
	Domination
	KingOfTheHill
	LastOneStanding
	GunGame
	Infection
	BombDefusal
	Survival
	Modes // how many there are
)

var modeNames = [Modes]string{
	"deathmatch", "team_deathmatch", "capture_the_flag", "domination", "king_of_the_hill",
	"last_one_standing", "gun_game", "infection", "bomb_defusal", "survival",
}

// String returns the mode's name as configurations and trees write it.
func (m Mode) String() string {
	if m >= 0 && m < Modes {
		return modeNames[m]
	}
	return "unknown"
}

// ModeNames returns the names in the order of their values.
func ModeNames() []string { return modeNames[:] }

// weaponSets are the values of the feature weapon_set.
var weaponSets = []string{"found", "all", "single", "ladder"}

// weaponSet returns where weapons come from, as an index of weaponSets.
func (l *Level) weaponSet() int {
	switch {
	case l.Mode == GunGame:
		return 3
	case l.Rules.OnlyWeapon:
		return 2
	case l.Rules.AllWeapons:
		return 1
	}
	return 0
}
