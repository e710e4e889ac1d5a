package werewolf

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"dryad/lspo"
	"dryad/nn"
)

// Iteration is an iteration of the loop over this game, and Result the end of a
// run.
type (
	Iteration = lspo.Iteration[Policy, *Space, *Solution, []Pair]
	Result    = lspo.Result[Policy, *Space, *Solution, []Pair]
)

// Codecs implements lspo.LanguageGame. The matches of a space are files beside
// it, and so are the networks of a solution (safetensors).
func (g *Game) Codecs() lspo.Codecs[Policy, *Space, *Solution, []Pair] {
	return lspo.Codecs[Policy, *Space, *Solution, []Pair]{
		Policy: lspo.Codec[Policy]{
			Encode: func(_ context.Context, p Policy, _ lspo.Files) ([]byte, error) { return p.Encode() },
			Decode: func(_ context.Context, data []byte, _ lspo.Files) (Policy, error) {
				return g.params.Language.Decode(data)
			},
		},
		Space:    lspo.Codec[*Space]{Encode: encodeSpace, Decode: g.decodeSpace},
		Solution: lspo.Codec[*Solution]{Encode: encodeSolution, Decode: decodeSolution},
		Pairs:    lspo.JSON[[]Pair](),
	}
}

// chunk is the number of matches of self-play in a file.
const chunk = 50

// chunkName is the name of the file that begins with a match.
func chunkName(first int) string { return fmt.Sprintf("games %d", first) }

// errVersion says that a document is not of this version's form.
var errVersion = errors.New("it was kept by another version of dryad: begin a new run")

// spaceDocument is a space without its matches.
type spaceDocument struct {
	*Space
	Matches int `json:"matches"`
}

// encodeSpace leaves the matches out: Construct kept them as they were played.
func encodeSpace(_ context.Context, s *Space, _ lspo.Files) ([]byte, error) {
	return json.Marshal(spaceDocument{s, len(s.Games)})
}

func (g *Game) decodeSpace(ctx context.Context, data []byte, files lspo.Files) (*Space, error) {
	d := spaceDocument{Space: &Space{}}
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, err
	}
	if d.Matches < 1 {
		return nil, errVersion
	}
	s := d.Space
	for first := 0; first < d.Matches; first += chunk {
		file, err := files.Read(ctx, chunkName(first))
		if err != nil {
			return nil, err
		}
		var some []*SelfPlay
		if err := json.Unmarshal(file, &some); err != nil {
			return nil, fmt.Errorf("%s: %w", chunkName(first), err)
		}
		s.Games = append(s.Games, some...)
	}
	if len(s.Games) != d.Matches {
		return nil, fmt.Errorf("it has %d matches and not %d", len(s.Games), d.Matches)
	}
	return s, s.check(len(g.kinds))
}

// check reports what is wrong with a space that was read.
func (s *Space) check(roles int) error {
	if len(s.Groups) != roles || len(s.Symbols) != roles {
		return fmt.Errorf("it is of %d roles, the rules have %d", len(s.Groups), roles)
	}
	for i, group := range s.Groups {
		if group == nil || len(group.Clusters) == 0 || len(group.Clusters) != len(s.Symbols[i]) {
			return errors.New("its clusters do not go with its symbols")
		}
		for _, symbol := range s.Symbols[i] {
			if symbol < 0 || symbol >= len(s.Centers) {
				return fmt.Errorf("it has no symbol %d", symbol)
			}
		}
	}
	for _, game := range s.Games {
		if game == nil {
			return errors.New("a match is missing")
		}
	}
	return nil
}

// solutionDocument is a solution without its networks.
type solutionDocument struct {
	Roles int    `json:"roles"`
	Exact *Exact `json:"exact,omitempty"`
}

// networkNames are the files of a role's networks.
func networkNames(role int) (average, regrets string) {
	return fmt.Sprintf("average %d", role), fmt.Sprintf("regrets %d", role)
}

func encodeSolution(ctx context.Context, s *Solution, files lspo.Files) ([]byte, error) {
	write := func(name string, net *nn.Network) error {
		file, err := nn.Encode(net, nil)
		if err != nil {
			return err
		}
		return files.Write(ctx, name, file)
	}
	for role := range s.Average {
		average, regrets := networkNames(role)
		if err := errors.Join(write(average, s.Average[role]), write(regrets, s.Regrets[role])); err != nil {
			return nil, err
		}
	}
	return json.Marshal(solutionDocument{len(s.Average), s.Exact})
}

func decodeSolution(ctx context.Context, data []byte, files lspo.Files) (*Solution, error) {
	var d solutionDocument
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, err
	}
	if d.Roles < 1 {
		return nil, errVersion
	}
	s := &Solution{Exact: d.Exact}
	read := func(name string) (*nn.Network, error) {
		file, err := files.Read(ctx, name)
		if err != nil {
			return nil, err
		}
		net, _, err := nn.Decode(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		return net, nil
	}
	for role := range d.Roles {
		average, regrets := networkNames(role)
		one, err := read(average)
		if err != nil {
			return nil, err
		}
		other, err := read(regrets)
		if err != nil {
			return nil, err
		}
		s.Average, s.Regrets = append(s.Average, one), append(s.Regrets, other)
	}
	return s, nil
}

// Hash identifies what agents of an iteration are made of: the policies before and
// after it, its space and its networks. The matches of self-play are left out.
func (g *Game) Hash(ctx context.Context, it *Iteration) (string, error) {
	h := sha256.New()
	for _, p := range []Policy{it.Policy, it.Next} {
		data, err := p.Encode()
		if err != nil {
			return "", err
		}
		h.Write(data)
	}
	space, err := json.Marshal(it.Space)
	if err != nil {
		return "", err
	}
	h.Write(space)
	for _, nets := range [][]*nn.Network{it.Solution.Average, it.Solution.Regrets} {
		for _, net := range nets {
			data, err := nn.Encode(net, nil)
			if err != nil {
				return "", err
			}
			h.Write(data)
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}
