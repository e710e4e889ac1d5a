package generate

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"dryad/games/fps/maps"
)

// Families lists the kinds of generated maps.
func Families() []string {
	names := make([]string, len(families))
	for i, f := range families {
		names[i] = f.name
	}
	return names
}

type drawer struct {
	name  string
	draw  func(*plan)
	about string
}

func (d *drawer) attempt(rng *rand.Rand) *plan {
	p := &plan{rng: rng}
	d.draw(p)
	p.settle()
	return p
}

var families = []drawer{
	{"rooms", drawRooms, "rooms joined by corridors, some behind doors"},
	{"caves", drawCaves, "winding caves of uneven floors with pools of slime"},
	{"teams", drawTeams, "two bases, each the other turned by half a circle"},
	{"storeys", drawStoreys, "an arena of several levels with stairs, lifts and a teleporter"},
	{"outdoor", drawOutdoor, "a terraced landscape under the sky with houses and rocks"},
}

// Map makes a map of a family from a seed. The same family and seed give
// the same map on every platform.
func Map(family string, seed uint64) (*maps.Map, error) {
	for i, f := range families {
		if f.name != family {
			continue
		}
		rng := rand.New(rand.NewPCG(seed, uint64(i)+0x6d617073))
		p := f.attempt(rng)
		for tries := 1; !p.good(); tries++ {
			if tries == 50 {
				panic("generate: bug: the family " + f.name + " never succeeds")
			}
			p = f.attempt(rng)
		}
		p.furnish()
		parts := p.compile()
		parts.Name = fmt.Sprintf("generated:%s:%d", family, seed)
		parts.Title = f.about
		m, err := maps.New(parts)
		if err != nil {
			panic("generate: bug: " + err.Error())
		}
		return m, nil
	}
	return nil, fmt.Errorf("map generated:%s:%d: no such family; there are %s", family, seed, strings.Join(Families(), ", "))
}

// Parse reads what follows "generated:": SEED or FAMILY:SEED. A seed
// alone picks its family by itself.
func Parse(rest string) (family string, seed uint64, err error) {
	family, number, named := strings.Cut(rest, ":")
	if !named {
		number = rest
	}
	seed, err = strconv.ParseUint(number, 10, 64)
	if err != nil {
		return "", 0, fmt.Errorf("map generated:%s: want generated:SEED or generated:FAMILY:SEED with a whole number as seed", rest)
	}
	if !named {
		family = families[seed%uint64(len(families))].name
	}
	return family, seed, nil
}
