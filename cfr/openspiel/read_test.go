package openspiel_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"dryad/cfr"
	"dryad/cfr/openspiel"
)

const (
	head    = `{"format":"dryad-openspiel","version":1,"name":"pennies()","players":2}` + "\n"
	first   = `{"player":0,"key":"me","actions":[0,1],"names":["heads","tails"]}` + "\n"
	second  = `{"player":1,"key":"me","actions":[0,1],"names":["heads","tails"]}` + "\n"
	pennies = head + first + "0\n" + second + "1\n[1,-1]\n[-1,1]\n1\n[-1,1]\n[1,-1]\n"
)

func TestRead(t *testing.T) {
	game, err := openspiel.Read(strings.NewReader(pennies), 100)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := cfr.Compile(game, cfr.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	strategy := cfr.NewStrategy(tree)
	gap, err := tree.Exploitability(strategy)
	if err != nil || game.Name() != "openspiel:pennies()" || tree.TotalInfosets() != 2 || gap != 0 {
		t.Error(game.Name(), tree.TotalInfosets(), gap, err)
	}
}

func TestBrokenTrees(t *testing.T) {
	chance := `{"player":-1,"actions":[0,1],"names":["a","b"],"probabilities":[0.5,0.4]}` + "\n"
	for text, want := range map[string]string{
		"":        "line 1 of the tree: the tree is not whole",
		"hello\n": "line 1 of the tree: this is no tree",
		strings.Replace(head, `"version":1`, `"version":2`, 1): "version 2; this program reads version 1",
		strings.Replace(head, `"players":2`, `"players":0`, 1): "0 players",
		head + "0\n":                        "line 2 of the tree: no set 0 is declared",
		head + "x\n":                        `line 2 of the tree: "x" is no history`,
		head + "[1]\n":                      "1 returns for 2 players",
		head + chance:                       "the probabilities of chance sum to 0.9",
		head + first + "0\n[1,-1]\n":        "line 5 of the tree: the tree is not whole",
		pennies + "0\n":                     `"0" after the end of the tree`,
		head + `{"player":2}` + "\n":        "player 2 of 2",
		head + `{"player":0}` + "\n":        "a set without actions",
		head + `{"player":0,"actions":[1]}`: "0 names for 1 actions",
		head + `{"player":0,"actions":[99999999999],"names":["a"]}`:              "a set: ",
		head + `{"player":0,"actions":[0],"names":["a"],"probabilities":[1]}`:    "probabilities of a player",
		head + `{"player":-1,"actions":[0],"names":["a"],"probabilities":[0,1]}`: "2 probabilities for 1 outcomes",
	} {
		_, err := openspiel.Read(strings.NewReader(text), 100)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, not %q", text, err, want)
		}
	}
	if _, err := openspiel.Read(strings.NewReader(pennies[:len(pennies)-8]), 100); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
	if _, err := openspiel.Read(strings.NewReader(pennies), 6); err == nil || !strings.Contains(err.Error(), "more than 6 histories") {
		t.Error(err)
	}
}

// FuzzRead: no text makes the reader fail otherwise than with an error, and what
// it reads can be given to the compiler.
func FuzzRead(f *testing.F) {
	f.Add(pennies)
	f.Add(head + "[0,0]\n")
	f.Add(head + `{"player":-1,"actions":[3,4],"names":["a","b"],"probabilities":[0.25,0.75]}` + "\n0\n[1,2]\n[3,4]\n")
	f.Add(head + first + "0\n0\n[1,1]\n[1,1]\n")
	f.Fuzz(func(t *testing.T, text string) {
		game, err := openspiel.Read(strings.NewReader(text), 1000)
		if err != nil {
			return
		}
		if tree, err := cfr.Compile(game, cfr.Limits{}); err == nil && tree.Histories() > 1000 {
			t.Fatal(tree.Histories())
		}
	})
}
