package fps

import (
	"dryad/games"
	"dryad/games/fps/fixed"
	"dryad/vocab"
)

// want says what items would help the seat: of which classes, and which of
// them.
type want struct {
	classes []ItemClass
	helps   func(*Percept, *ItemFacts) bool
}

var (
	wantsHealth   = want{[]ItemClass{HealthItem}, healthHelps}
	wantsArmour   = want{[]ItemClass{ArmourItem}, armourHelps}
	wantsWeapon   = want{[]ItemClass{WeaponItem}, weaponHelps}
	wantsAmmo     = want{[]ItemClass{AmmoItem, WeaponItem}, ammoHelps}
	wantsPower    = want{[]ItemClass{PowerItem, HealthItem}, powerHelps}
	wantsAnything = want{[]ItemClass{HealthItem, ArmourItem, AmmoItem, WeaponItem, PowerItem}, anythingHelps}
)

func healthHelps(p *Percept, f *ItemFacts) bool {
	return f.Class == HealthItem && p.Self.Health < f.Limit
}

func armourHelps(p *Percept, f *ItemFacts) bool {
	return f.Class == ArmourItem && p.Self.Armour < f.Limit
}

func weaponHelps(p *Percept, f *ItemFacts) bool {
	return f.Class == WeaponItem && !p.owns(f.Weapon)
}

// ammoHelps also takes weapons that are owned for the ammunition with them.
func ammoHelps(p *Percept, f *ItemFacts) bool {
	if f.Ammo == NoAmmo || p.Self.Ammo[f.Ammo] >= p.capacity(f.Ammo) {
		return false
	}
	return p.Self.Owned&weaponsOf[f.Ammo] != 0
}

// weaponsOf is, for each kind of ammunition, the set of weapons that fire it.
var weaponsOf = func() (sets [Ammos]int32) {
	for w := range Weapons {
		if a := w.Facts().Ammo; a != NoAmmo {
			sets[a] |= 1 << w
		}
	}
	return sets
}()

func powerHelps(p *Percept, f *ItemFacts) bool {
	return f.Class == PowerItem || f.Class == HealthItem && f.Amount >= 100 && p.Self.Health < f.Limit
}

func anythingHelps(p *Percept, f *ItemFacts) bool {
	return healthHelps(p, f) || armourHelps(p, f) || weaponHelps(p, f) || ammoHelps(p, f) || f.Class == PowerItem
}

// capacity returns how much ammunition the seat can carry.
func (p *Percept) capacity(a Ammo) int32 { return a.Capacity() << p.Self.Backpack }

// squared returns the square of the distance to a place, in 1/256 map units.
func (p *Percept) squared(x, y fixed.Fixed) int64 {
	dx, dy := int64(x-p.Self.X)>>8, int64(y-p.Self.Y)>>8
	return dx*dx + dy*dy
}

// nearestItem returns the closest item that is wanted and believed to be
// there, the first of equals, or -1, and the square of its distance.
func (p *Percept) nearestItem(w want) (int32, int64) {
	best, way := int32(-1), int64(0)
	for _, class := range w.classes {
		for _, i := range p.Level.ByClass[class] {
			item := &p.Level.Items[i]
			d := p.squared(item.X, item.Y)
			if best >= 0 && (d > way || d == way && i > best) || p.Gone[i] > p.Tick || !w.helps(p, &itemFacts[item.Kind]) {
				continue
			}
			best, way = i, d
		}
	}
	return best, way
}

// knows reports whether some wanted item is believed to be somewhere.
func (p *Percept) knows(w want) bool {
	for _, class := range w.classes {
		for _, i := range p.Level.ByClass[class] {
			if p.Gone[i] <= p.Tick && w.helps(p, &itemFacts[p.Level.Items[i].Kind]) {
				return true
			}
		}
	}
	return false
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
