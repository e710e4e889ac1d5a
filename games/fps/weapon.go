package fps

import "dryad/games/fps/fixed"

// Weapon is a kind of weapon; every player owns the fist.
type Weapon uint8

// The weapons, in the order of the number keys of the format.
const (
	Fist Weapon = iota
	Chainsaw
	Pistol
	Shotgun
	SuperShotgun
	Chaingun
	RocketLauncher
	PlasmaRifle
	BFG
	Weapons // how many there are
)

// Ammo is a kind of ammunition.
type Ammo int8

// The kinds of ammunition; NoAmmo is what melee weapons use.
const (
	NoAmmo  Ammo = -1
	Bullets Ammo = iota - 1
	Shells
	Rockets
	Cells
	Ammos // how many there are
)

// WeaponFacts is what everybody knows about a weapon. Damage of one pellet or
// missile is Unit times a die of Sides.
type WeaponFacts struct {
	Name    string
	Ammo    Ammo
	PerShot int32 // ammunition of one shot
	Windup  int32 // ticks from the trigger to the shot; it leaves even if the trigger is let go
	Refire  int32 // ticks from shot to shot while the trigger is held
	Burst   int32 // shots of one pull of the trigger
	Again   int32 // ticks after which a trigger that was let go is looked at once more before Recover is over; 0 for never
	Recover int32 // ticks that pass after a pull, beyond Refire, when the trigger is not held for the next
	Pellets int32
	Unit    int32
	Sides   int32
	Spread  fixed.Angle // greatest deviation to either side
	Slope   fixed.Angle // greatest deviation up or down
	Reach   int32       // map units a hitscan or melee attack carries
	Speed   int32       // map units a tick of a missile; 0 for hitscan and melee
	Splash  int32       // damage at the centre of the explosion, and its radius
	Noise   int32       // map units within which a shot is heard
	Useful  int32       // distance up to which the weapon is worth firing
	Rank    int32       // how much a player wants it, for choosing
}

// Cycle returns the ticks from a pull of the trigger to the moment at which a held
// trigger begins the next.
func (f *WeaponFacts) Cycle() int32 { return f.Burst * f.Refire }

// Missile reports whether the weapon fires something that flies.
func (f *WeaponFacts) Missile() bool { return f.Speed > 0 }

// MeanDamage returns the damage of a shot that hits with every pellet, times
// 2 so that it stays whole.
func (f *WeaponFacts) MeanDamage() int32 { return f.Unit * (f.Sides + 1) * f.Pellets }

// WeaponChange is how many ticks pass from the wish for another weapon to the first
// tick in which it takes the trigger.
const WeaponChange = 30

// The greatest deviations of bullets, as the format's engine draws them.
const (
	narrow  = fixed.Angle(255 << 18) // 5.6 degrees
	wide    = fixed.Angle(255 << 19) // 11.2 degrees
	upright = fixed.Angle(162 << 19) // 7.1 degrees
)

// The ticks of the weapons are those of the real engine, which scripts/doom-weapons
// measures.

// Names of weapons and ammunition, as the language writes them.
var (
	weaponFacts = [Weapons]WeaponFacts{
		Fist:           {Name: "fist", Ammo: NoAmmo, Windup: 4, Refire: 17, Burst: 1, Recover: 5, Pellets: 1, Unit: 2, Sides: 10, Spread: narrow, Reach: 64, Noise: 256, Useful: 64, Rank: 0},
		Chainsaw:       {Name: "chainsaw", Ammo: NoAmmo, Refire: 4, Burst: 2, Pellets: 1, Unit: 2, Sides: 10, Spread: narrow, Reach: 65, Noise: 640, Useful: 64, Rank: 1},
		Pistol:         {Name: "pistol", Ammo: Bullets, PerShot: 1, Windup: 4, Refire: 14, Burst: 1, Recover: 5, Pellets: 1, Unit: 5, Sides: 3, Spread: narrow, Reach: 2048, Noise: 1024, Useful: 1500, Rank: 2},
		Shotgun:        {Name: "shotgun", Ammo: Shells, PerShot: 1, Windup: 3, Refire: 37, Burst: 1, Recover: 7, Pellets: 7, Unit: 5, Sides: 3, Spread: narrow, Reach: 2048, Noise: 1536, Useful: 900, Rank: 4},
		SuperShotgun:   {Name: "super_shotgun", Ammo: Shells, PerShot: 2, Windup: 3, Refire: 51, Burst: 1, Again: 6, Recover: 11, Pellets: 20, Unit: 5, Sides: 3, Spread: wide, Slope: upright, Reach: 2048, Noise: 1536, Useful: 500, Rank: 6},
		Chaingun:       {Name: "chaingun", Ammo: Bullets, PerShot: 1, Refire: 4, Burst: 2, Pellets: 1, Unit: 5, Sides: 3, Spread: narrow, Reach: 2048, Noise: 1536, Useful: 1200, Rank: 5},
		RocketLauncher: {Name: "rocket_launcher", Ammo: Rockets, PerShot: 1, Windup: 8, Refire: 20, Burst: 1, Pellets: 1, Unit: 20, Sides: 8, Speed: 20, Splash: 128, Noise: 1536, Useful: 1400, Rank: 7},
		PlasmaRifle:    {Name: "plasma_rifle", Ammo: Cells, PerShot: 1, Refire: 3, Burst: 1, Recover: 20, Pellets: 1, Unit: 5, Sides: 8, Speed: 25, Noise: 1280, Useful: 1000, Rank: 8},
		BFG:            {Name: "bfg", Ammo: Cells, PerShot: 40, Windup: 30, Refire: 40, Burst: 1, Recover: 20, Pellets: 1, Unit: 100, Sides: 8, Speed: 25, Splash: 256, Noise: 1792, Useful: 1400, Rank: 9},
	}
	ammoNames = [Ammos]string{"bullets", "shells", "rockets", "cells"}
	// ammoCapacity is what a player carries at most without a backpack.
	ammoCapacity = [Ammos]int32{200, 50, 50, 300}
)

// Facts returns what everybody knows about the weapon.
func (w Weapon) Facts() *WeaponFacts { return &weaponFacts[w] }

// String returns the weapon's name as the language writes it.
func (w Weapon) String() string {
	if w < Weapons {
		return weaponFacts[w].Name
	}
	return "unknown"
}

// String returns the ammunition's name as the language writes it.
func (a Ammo) String() string {
	if a >= 0 && a < Ammos {
		return ammoNames[a]
	}
	return "none"
}

// Capacity returns how much a player carries at most, without a backpack.
func (a Ammo) Capacity() int32 { return ammoCapacity[a] }

// ParseWeapon returns the weapon of a name, or false.
func ParseWeapon(name string) (Weapon, bool) {
	for w := range Weapons {
		if weaponFacts[w].Name == name {
			return w, true
		}
	}
	return 0, false
}

// WeaponNames returns the names in the order of their values.
func WeaponNames() []string {
	names := make([]string, Weapons)
	for w := range Weapons {
		names[w] = weaponFacts[w].Name
	}
	return names
}
