package catalog

import (
	"fmt"
	"slices"
	"strings"

	"dryad/dsl"
	"dryad/games"
)

// Filter chooses definitions: each of its conditions must hold.
type Filter []Condition

// Condition is a property of a definition and the values that it may have.
type Condition struct {
	Property string
	Values   []string
}

// properties are what a filter can ask of a definition, in the order in which
// they are listed.
var properties = []struct {
	name string
	of   func(d *Definition) string
}{
	{"mode", func(d *Definition) string { return d.Mode }},
	{"family", func(d *Definition) string { return d.Family }},
	{"map", func(d *Definition) string { return d.Config.Map }},
	{"rules", func(d *Definition) string { return d.Variant }},
	{"split", func(d *Definition) string { return d.Split }},
}

// Properties returns what a filter can ask of a definition.
func Properties() []string {
	names := make([]string, len(properties))
	for i, p := range properties {
		names[i] = p.name
	}
	return names
}

// property returns how a property is read off a definition; nil for none.
func property(name string) func(d *Definition) string {
	for _, p := range properties {
		if p.name == name {
			return p.of
		}
	}
	return nil
}

// ParseFilter reads conditions such as "mode=capture_the_flag split=training":
// separated by spaces, with several values separated by commas.
func ParseFilter(text string) (Filter, error) {
	var f Filter
	for _, part := range strings.Fields(text) {
		name, values, ok := strings.Cut(part, "=")
		if !ok {
			return nil, fmt.Errorf("the filter %q: %q is no PROPERTY=VALUE", text, part)
		}
		if property(name) == nil {
			return nil, fmt.Errorf("the filter %q: games have no property %q%s", text, name, orThese(name, Properties()))
		}
		c := Condition{Property: name}
		for _, v := range strings.Split(values, ",") {
			if v == "" {
				return nil, fmt.Errorf("the filter %q: %q has an empty value", text, part)
			}
			c.Values = append(c.Values, v)
		}
		f = append(f, c)
	}
	return f, nil
}

// String writes the filter as [ParseFilter] reads it.
func (f Filter) String() string {
	parts := make([]string, len(f))
	for i, c := range f {
		parts[i] = c.Property + "=" + strings.Join(c.Values, ",")
	}
	return strings.Join(parts, " ")
}

// Has reports whether the filter has a condition on a property.
func (f Filter) Has(property string) bool {
	return slices.ContainsFunc(f, func(c Condition) bool { return c.Property == property })
}

// With returns the filter with a further condition.
func (f Filter) With(property string, values ...string) Filter {
	return append(slices.Clone(f), Condition{property, values})
}

// matches reports whether all conditions hold.
func (f Filter) matches(d *Definition) bool {
	for _, c := range f {
		if !slices.Contains(c.Values, property(c.Property)(d)) {
			return false
		}
	}
	return true
}

// Choose returns the definitions that match a filter, in the order of the
// catalogue. A value that no definition has, and a filter that matches nothing,
// are errors.
func (r *Row) Choose(f Filter) ([]Definition, error) {
	if r.Definitions == nil {
		return nil, fmt.Errorf("%s has no named definitions to choose from", r.Name)
	}
	all := r.Definitions()
	for _, c := range f {
		read := property(c.Property)
		have := map[string]bool{}
		var values []string
		for i := range all {
			if v := read(&all[i]); !have[v] {
				have[v] = true
				values = append(values, v)
			}
		}
		for _, v := range c.Values {
			if !have[v] {
				return nil, fmt.Errorf("no game of %s has the %s %q%s", r.Name, c.Property, v, orThese(v, values))
			}
		}
	}
	var chosen []Definition
	for i := range all {
		if f.matches(&all[i]) {
			chosen = append(chosen, all[i])
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no game of %s matches %q: drop one of the conditions (dryad games list %s --catalog shows what there is)", r.Name, f, r.Name)
	}
	return chosen, nil
}

// orThese ends a sentence about a word that there is not: with the one that was
// meant, or with all when they are few.
func orThese(word string, all []string) string {
	if near, alike := dsl.Nearest(word, all); alike && len(near) > 0 {
		return fmt.Sprintf("; did you mean %q?", near[0])
	}
	if len(all) > 24 {
		return ""
	}
	return "; there are " + strings.Join(all, ", ")
}

// Sample draws n of the definitions, all different, and returns them in their
// order; all of them when there are no more. Equal seeds draw equally.
func Sample(all []Definition, n int, seed uint64) []Definition {
	if n <= 0 || n >= len(all) {
		return all
	}
	const purposeSample = 0x73616d70
	drawn := games.Stream(seed, purposeSample).Perm(len(all))[:n]
	slices.Sort(drawn)
	sample := make([]Definition, n)
	for i, k := range drawn {
		sample[i] = all[k]
	}
	return sample
}
