package fps

// ItemClass is what an item is good for.
type ItemClass uint8

// The classes of items.
const (
	HealthItem ItemClass = iota
	ArmourItem
	AmmoItem
	WeaponItem
	PowerItem
	ItemClasses // how many there are
)

var itemClassNames = [...]string{"medkit", "armour", "ammo", "weapon", "power"}

// String returns the class's name, as metrics and choosers write it.
func (c ItemClass) String() string { return itemClassNames[c] }

// Power is a passing or lasting gift of an item.
type Power uint8

// The powers. Berserk lasts until death; Backpack doubles what is carried.
const (
	NoPower Power = iota
	Invulnerable
	Shielded // no damage from floors
	Berserk
	Backpack
)

// ItemFacts is what everybody knows about a kind of item.
type ItemFacts struct {
	Name    string
	Thing   int // the format's thing number
	Class   ItemClass
	Amount  int32  // hit points, armour points or ammunition
	Limit   int32  // health or armour is not raised beyond this
	Absorb  int32  // armour: share of damage absorbed is 1/Absorb
	Ammo    Ammo   // ammunition given, or NoAmmo
	Weapon  Weapon // weapon given, when Class is WeaponItem
	Power   Power
	Ticks   int32 // how long a passing power lasts
	Respawn int32 // ticks until the item is back, at the standard rule
}

const (
	usualRespawn = 30 * 35
	powerRespawn = 60 * 35
)

// itemFacts lists the kinds of items; an item's Kind is its index here.
var itemFacts = []ItemFacts{
	{Name: "stimpack", Thing: 2011, Class: HealthItem, Amount: 10, Limit: 100, Ammo: NoAmmo, Respawn: usualRespawn},
	{Name: "medikit", Thing: 2012, Class: HealthItem, Amount: 25, Limit: 100, Ammo: NoAmmo, Respawn: usualRespawn},
	{Name: "health_bonus", Thing: 2014, Class: HealthItem, Amount: 1, Limit: 200, Ammo: NoAmmo, Respawn: usualRespawn},
	{Name: "soulsphere", Thing: 2013, Class: HealthItem, Amount: 100, Limit: 200, Ammo: NoAmmo, Respawn: powerRespawn},
	{Name: "megasphere", Thing: 83, Class: HealthItem, Amount: 200, Limit: 200, Absorb: 2, Ammo: NoAmmo, Respawn: powerRespawn},
	{Name: "armour_bonus", Thing: 2015, Class: ArmourItem, Amount: 1, Limit: 200, Absorb: 3, Ammo: NoAmmo, Respawn: usualRespawn},
	{Name: "green_armour", Thing: 2018, Class: ArmourItem, Amount: 100, Limit: 100, Absorb: 3, Ammo: NoAmmo, Respawn: usualRespawn},
	{Name: "blue_armour", Thing: 2019, Class: ArmourItem, Amount: 200, Limit: 200, Absorb: 2, Ammo: NoAmmo, Respawn: usualRespawn},
	{Name: "clip", Thing: 2007, Class: AmmoItem, Amount: 10, Ammo: Bullets, Respawn: usualRespawn},
	{Name: "bullet_box", Thing: 2048, Class: AmmoItem, Amount: 50, Ammo: Bullets, Respawn: usualRespawn},
	{Name: "shells_4", Thing: 2008, Class: AmmoItem, Amount: 4, Ammo: Shells, Respawn: usualRespawn},
	{Name: "shell_box", Thing: 2049, Class: AmmoItem, Amount: 20, Ammo: Shells, Respawn: usualRespawn},
	{Name: "rocket", Thing: 2010, Class: AmmoItem, Amount: 1, Ammo: Rockets, Respawn: usualRespawn},
	{Name: "rocket_box", Thing: 2046, Class: AmmoItem, Amount: 5, Ammo: Rockets, Respawn: usualRespawn},
	{Name: "cell", Thing: 2047, Class: AmmoItem, Amount: 20, Ammo: Cells, Respawn: usualRespawn},
	{Name: "cell_pack", Thing: 17, Class: AmmoItem, Amount: 100, Ammo: Cells, Respawn: usualRespawn},
	{Name: "backpack", Thing: 8, Class: AmmoItem, Amount: 10, Ammo: Bullets, Power: Backpack, Respawn: usualRespawn},
	{Name: "chainsaw", Thing: 2005, Class: WeaponItem, Ammo: NoAmmo, Weapon: Chainsaw, Respawn: usualRespawn},
	{Name: "shotgun", Thing: 2001, Class: WeaponItem, Amount: 8, Ammo: Shells, Weapon: Shotgun, Respawn: usualRespawn},
	{Name: "super_shotgun", Thing: 82, Class: WeaponItem, Amount: 8, Ammo: Shells, Weapon: SuperShotgun, Respawn: usualRespawn},
	{Name: "chaingun", Thing: 2002, Class: WeaponItem, Amount: 20, Ammo: Bullets, Weapon: Chaingun, Respawn: usualRespawn},
	{Name: "rocket_launcher", Thing: 2003, Class: WeaponItem, Amount: 2, Ammo: Rockets, Weapon: RocketLauncher, Respawn: usualRespawn},
	{Name: "plasma_rifle", Thing: 2004, Class: WeaponItem, Amount: 40, Ammo: Cells, Weapon: PlasmaRifle, Respawn: usualRespawn},
	{Name: "bfg", Thing: 2006, Class: WeaponItem, Amount: 40, Ammo: Cells, Weapon: BFG, Respawn: powerRespawn},
	{Name: "berserk", Thing: 2023, Class: PowerItem, Amount: 100, Limit: 100, Ammo: NoAmmo, Power: Berserk, Respawn: powerRespawn},
	{Name: "invulnerability", Thing: 2022, Class: PowerItem, Ammo: NoAmmo, Power: Invulnerable, Ticks: 30 * 35, Respawn: powerRespawn},
	{Name: "radiation_suit", Thing: 2025, Class: PowerItem, Ammo: NoAmmo, Power: Shielded, Ticks: 60 * 35, Respawn: usualRespawn},
}

// ItemOfThing returns the kind of item of the format's thing number, or false.
func ItemOfThing(thing int) (int, bool) {
	for i := range itemFacts {
		if itemFacts[i].Thing == thing {
			return i, true
		}
	}
	return 0, false
}

// ItemKinds returns how many kinds of items there are.
func ItemKinds() int { return len(itemFacts) }
