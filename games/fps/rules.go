package fps

// Rules are the facts of a match that every seat knows and that a game
// definition may vary. The zero value of a field takes the mode's default.
type Rules struct {
	// Teams is the number of teams; 0 takes the mode's own number, and in a
	// mode without teams every seat is its own.
	Teams int32 `json:"teams,omitempty"`
	// TeamSizes gives the number of seats of each team, in order; empty
	// splits the seats evenly.
	TeamSizes []int32 `json:"team_sizes,omitempty"`
	// Weapon is the weapon a player enters with besides the fist.
	Weapon string `json:"weapon,omitempty"`
	// OnlyWeapon removes weapons and ammunition from the map and gives
	// everybody endless ammunition for Weapon.
	OnlyWeapon bool `json:"only_weapon,omitempty"`
	// AllWeapons gives everybody every weapon and full ammunition at entry.
	AllWeapons bool `json:"all_weapons,omitempty"`
	// Health is the health at entry.
	Health int32 `json:"health,omitempty"`
	// Armour is the armour at entry.
	Armour int32 `json:"armour,omitempty"`
	// Damage scales all damage, in percent.
	Damage int32 `json:"damage,omitempty"`
	// Speed scales walking, in percent.
	Speed int32 `json:"speed,omitempty"`
	// Gravity scales falling, in percent.
	Gravity int32 `json:"gravity,omitempty"`
	// Respawn is the number of ticks from death to the next entry.
	Respawn int32 `json:"respawn,omitempty"`
	// ItemRespawn scales the time until an item is back, in percent.
	ItemRespawn int32 `json:"item_respawn,omitempty"`
	// NoItems removes all items.
	NoItems bool `json:"no_items,omitempty"`
	// UnknownItems hides from every seat where items lie until it has seen
	// them; else they are known from the map.
	UnknownItems bool `json:"unknown_items,omitempty"`
	// FriendlyFire lets members of a team hurt each other.
	FriendlyFire bool `json:"friendly_fire,omitempty"`
	// SightRange is how far a player sees others, in map units.
	SightRange int32 `json:"sight_range,omitempty"`
	// FieldOfView is the width of what a player sees, in degrees.
	FieldOfView int32 `json:"field_of_view,omitempty"`
	// Hearing scales how far noises carry, in percent.
	Hearing int32 `json:"hearing,omitempty"`
	// TurnRate is the greatest turn in a tick, in degrees.
	TurnRate int32 `json:"turn_rate,omitempty"`
	// PointLimit ends the match when a team reaches it; 0 takes the mode's
	// default, which may be none.
	PointLimit int32 `json:"point_limit,omitempty"`
	// Lives is the number of entries a player has in a mode that counts them.
	Lives int32 `json:"lives,omitempty"`
	// Monsters is the number of monsters of the first wave in survival.
	Monsters int32 `json:"monsters,omitempty"`
	// Waves is the number of waves in survival.
	Waves int32 `json:"waves,omitempty"`
}

// DefaultRules returns the standard rules of a match.
func DefaultRules() Rules {
	return Rules{
		Weapon: "pistol", Health: 100, Damage: 100, Speed: 100, Gravity: 100,
		Respawn: 70, ItemRespawn: 100, SightRange: 4096, FieldOfView: 110,
		Hearing: 100, TurnRate: 20, Lives: 3, Monsters: 4, Waves: 3,
	}
}
