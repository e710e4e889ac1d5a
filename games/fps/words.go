package fps

import (
	"fmt"
	"strconv"
	"strings"
)

// Describe says in one sentence what the weapon does in a match of the rules:
// damage, rate of fire, spread, reach, noise and rank.
func (w Weapon) Describe(r Rules, endless bool) string {
	f := w.Facts()
	scaled := func(damage int32) int32 { return damage * r.Damage / 100 }
	var b strings.Builder
	fmt.Fprintf(&b, "The %s (rank %d) does ", f.Name, f.Rank)
	if f.Pellets > 1 {
		fmt.Fprintf(&b, "%d pellets of ", f.Pellets)
	}
	fmt.Fprintf(&b, "%d to %d damage a shot", scaled(f.Unit), scaled(f.Unit*f.Sides))
	mean := float64(f.MeanDamage()) / 2 * float64(r.Damage) / 100
	fmt.Fprintf(&b, " (mean %s, %s a second if all hits), a shot every %s", oneDigit(mean), oneDigit(mean*35/float64(f.Refire)), inSeconds(f.Refire))
	if f.Windup > 0 {
		fmt.Fprintf(&b, ", %s after the trigger", inSeconds(f.Windup))
	}
	if f.Burst > 1 {
		fmt.Fprintf(&b, ", %d a pull of the trigger", f.Burst)
	}
	if f.Recover > 0 {
		fmt.Fprintf(&b, "; it needs %s more when the trigger is not held", inSeconds(f.Recover))
	}
	switch {
	case f.Missile():
		fmt.Fprintf(&b, "; it flies %d map units a second", 35*f.Speed)
		if f.Splash > 0 {
			fmt.Fprintf(&b, " and explodes with %d damage in the centre, less outwards, none beyond %d map units", scaled(f.Splash), f.Splash)
		}
	default:
		fmt.Fprintf(&b, "; spread up to %d degrees to either side", f.Spread.ToDegrees())
		if f.Slope > 0 {
			fmt.Fprintf(&b, " and %d up or down", f.Slope.ToDegrees())
		}
		if f.Pellets == 1 && f.Ammo != NoAmmo {
			b.WriteString(", none for the first bullet after a pause")
		}
		fmt.Fprintf(&b, "; it reaches %d map units", f.Reach)
	}
	fmt.Fprintf(&b, "; worth firing up to %d; heard within %d", f.Useful, f.Noise*r.Hearing/100)
	if f.Ammo != NoAmmo && !endless {
		fmt.Fprintf(&b, "; ammunition: %d %s a shot, at most %d are carried", f.PerShot, f.Ammo, f.Ammo.Capacity())
	}
	return b.String() + "."
}

// DescribeRanking says how "best" chooses a weapon.
func DescribeRanking() string {
	return "The best weapon is the loaded one of the highest rank; at a distance beyond its worth a weapon loses 20 ranks, and within its own explosion 5. In a fight the weapon in hand counts " + strconv.Itoa(keeping) + " ranks more: a change of weapon takes " + inSeconds(WeaponChange) + " without a shot. A shot that has begun, and what the weapon needs after it, cannot be called back."
}

// DescribeItems says in a sentence each what the items for health and armour
// do.
func DescribeItems() []string {
	var health, armour []string
	for i := range itemFacts {
		f := &itemFacts[i]
		name := strings.ReplaceAll(f.Name, "_", " ")
		switch f.Class {
		case HealthItem:
			health = append(health, fmt.Sprintf("%s %d (up to %d)", name, f.Amount, f.Limit))
		case ArmourItem:
			armour = append(armour, fmt.Sprintf("%s %d (absorbs 1/%d of the damage)", name, f.Amount, f.Absorb))
		}
	}
	return []string{"Health of items: " + strings.Join(health, ", ") + ".", "Armour of items: " + strings.Join(armour, ", ") + "; what is absorbed is taken from the armour."}
}

// oneDigit writes a number with at most one digit after the point.
func oneDigit(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// inSeconds writes a number of ticks in seconds.
func inSeconds(ticks int32) string {
	return strconv.FormatFloat(float64(ticks)/35, 'f', 2, 64) + " s"
}
