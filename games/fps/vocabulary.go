package fps

import "dryad/vocab"

// Version is raised whenever the meaning of a word changes.
const Version = 1

// readers returns the reading at each index of the vocabulary: the features,
// then the conditions.
var readers = func() []func(*Percept) float64 {
	var all []func(*Percept) float64
	for _, f := range features {
		all = append(all, f.read)
	}
	for _, c := range conditions {
		all = append(all, func(p *Percept) float64 { return truth(c.holds(p)) })
	}
	return all
}()

// Vocabulary returns what a tree may say about a shooter of the given name.
func Vocabulary(game string) *vocab.Vocabulary {
	v := &vocab.Vocabulary{
		Game: game, Version: Version, TicksPerSecond: 35, Channels: channelNames,
		Notes: []string{
			"A second has 35 ticks; a map unit is about three centimetres; a player is 32 wide and 56 high and runs about 560 map units a second.",
			"Seeing needs a line of sight, the field of view and the range of the rules; enemies out of view are known by where they were last seen.",
			"Kills, deaths, scores and the state of objectives are announced to everybody; allies know each other's places.",
			"Bullets hit at once; rockets and plasma fly, and rockets hurt whoever is within 128 map units, their owner included.",
			"Items come back some time after they were taken; what an agent believes about an item is what it last saw.",
		},
	}
	for _, f := range features {
		v.Features = append(v.Features, f.Feature)
	}
	for _, c := range conditions {
		v.Conditions = append(v.Conditions, c.Condition)
	}
	for _, c := range choosers {
		v.Choosers = append(v.Choosers, c.Chooser)
	}
	for i := range skills {
		v.Tasks = append(v.Tasks, skills[i].Task)
	}
	v.Nets = neuralWords()
	return v
}
