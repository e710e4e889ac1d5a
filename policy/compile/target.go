package compile

import (
	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// targetWords is how many state words a target takes.
const targetWords = 3

func storeTarget(words []uint64, t games.Target) {
	words[0] = uint64(t.Kind)<<32 | uint64(uint32(t.ID))
	words[1] = uint64(uint32(t.X))<<32 | uint64(uint32(t.Y))
	words[2] = uint64(uint32(t.Z))
}

func loadTarget(words []uint64) games.Target {
	return games.Target{
		Kind: vocab.Kind(words[0] >> 32), ID: int32(words[0]),
		X: int32(words[1] >> 32), Y: int32(words[1]), Z: int32(words[2]),
	}
}

// source says where a target comes from: a chooser, or the words of the
// subtree around.
type source struct {
	chooser int // -1 for none
	outer   int
}

// resolve stores the target in words, or reports that there is none.
func (s source) resolve(a *bt.Activation, body games.Body, draw uint64, words []uint64) bool {
	if s.chooser < 0 {
		copy(words[:targetWords], a.ParentFrame()[s.outer:])
		return true
	}
	target, ok := body.Choose(s.chooser, draw)
	if ok {
		storeTarget(words, target)
	}
	return ok
}

// binder resolves the targets that are passed to a subtree.
type binder struct {
	targets []source
	words   int
}

func (b *binder) Words() int { return b.words }

func (b *binder) Bind(a *bt.Activation) bool {
	host := a.Host().(*Host)
	words := a.State()
	for i, s := range b.targets {
		if !s.resolve(a, host.Body, games.Mix(a.Draw(), uint64(i)), words[i*targetWords:]) {
			return false
		}
	}
	return true
}
