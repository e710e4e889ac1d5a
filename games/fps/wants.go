package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// want says whether an item of some kind would help the seat.
type want func(*Percept, *ItemFacts) bool

func wantsHealth(p *Percept, f *ItemFacts) bool {
	return f.Class == HealthItem && p.Self.Health < f.Limit
}

func wantsArmour(p *Percept, f *ItemFacts) bool {
	return f.Class == ArmourItem && p.Self.Armour < f.Limit
}

func wantsWeapon(p *Percept, f *ItemFacts) bool {
	return f.Class == WeaponItem && !p.owns(f.Weapon)
}

// wantsAmmo also takes weapons that are owned for the ammunition with them.
func wantsAmmo(p *Percept, f *ItemFacts) bool {
	if f.Ammo == NoAmmo || p.Self.Ammo[f.Ammo] >= p.capacity(f.Ammo) {
		return false
	}
	for w := range Weapons {
		if w.Facts().Ammo == f.Ammo && p.owns(w) {
			return true
		}
	}
	return false
}

func wantsPower(p *Percept, f *ItemFacts) bool {
	return f.Class == PowerItem || f.Class == HealthItem && f.Amount >= 100 && p.Self.Health < f.Limit
}

func wantsAnything(p *Percept, f *ItemFacts) bool {
	return wantsHealth(p, f) || wantsArmour(p, f) || wantsWeapon(p, f) || wantsAmmo(p, f) || f.Class == PowerItem
}

// capacity returns how much ammunition the seat can carry.
func (p *Percept) capacity(a Ammo) int32 { return a.Capacity() << p.Self.Backpack }

// squared returns the square of the distance to a place, in 1/256 map units.
func (p *Percept) squared(x, y fixed.Fixed) int64 {
	dx, dy := int64(x-p.Self.X)>>8, int64(y-p.Self.Y)>>8
	return dx*dx + dy*dy
}

// nearestItem returns the closest item that is wanted and believed to be
// there, or -1, and the square of its distance.
func (p *Percept) nearestItem(w want) (int32, int64) {
	best, way := int32(-1), int64(0)
	for i := range p.Level.Items {
		item := &p.Level.Items[i]
		d := p.squared(item.X, item.Y)
		if best >= 0 && d >= way || p.Gone[i] > p.Tick || !w(p, &itemFacts[item.Kind]) {
			continue
		}
		best, way = int32(i), d
	}
	return best, way
}

// itemDistance returns the distance to the nearest wanted item in map units.
func (p *Percept) itemDistance(w want) float64 {
	i, way := p.nearestItem(w)
	if i < 0 {
		return farAway
	}
	return min(farAway, float64(fixed.Sqrt(uint64(way)))/256)
}

// item returns the nearest wanted item as a target.
func (p *Percept) item(w want) (games.Target, bool) {
	i, _ := p.nearestItem(w)
	return p.itemTarget(i)
}

func (p *Percept) itemTarget(i int32) (games.Target, bool) {
	if i < 0 {
		return games.Target{}, false
	}
	item := &p.Level.Items[i]
	return games.Target{Kind: vocab.Item, ID: i, X: item.X, Y: item.Y, Z: item.Z}, true
}
