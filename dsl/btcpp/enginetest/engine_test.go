package enginetest_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/btcpp"
)

var cases = flag.Int("trees", 300, "random trees of each sort")

const python = "../../../.tools/behaviortreepy/bin/python"

// engine runs cases in BehaviorTree.CPP.
func engine(t *testing.T, all []engineCase) []engineAnswer {
	t.Helper()
	if _, err := os.Stat(python); err != nil {
		t.Fatalf("BehaviorTree.CPP's engine is not there; scripts/needs installs it: %v", err)
	}
	var in bytes.Buffer
	encoder := json.NewEncoder(&in)
	for _, c := range all {
		if err := encoder.Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), python, "driver.py")
	command.Stdin = &in
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	var answers []engineAnswer
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var a engineAnswer
		if err := decoder.Decode(&a); err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
	if len(answers) != len(all) {
		t.Fatalf("%d answers to %d cases\n%s", len(answers), len(all), stderr.String())
	}
	return answers
}

// script draws what actions and conditions answer.
func script(r *rand.Rand) (map[string]string, map[string][]float64) {
	answers := map[string]string{}
	draw := func(names []string, letters string) {
		for _, name := range names {
			var b strings.Builder
			for range 5 + r.IntN(5) {
				b.WriteByte(letters[r.IntN(len(letters))])
			}
			answers[name] = b.String()
		}
	}
	draw(syncNames, "SSF")
	draw(statefulNames, "SRRF")
	draw(conditionNames, "SSF")
	numbers := map[string][]float64{"n1": {}}
	for range 7 {
		numbers["n1"] = append(numbers["n1"], float64(r.IntN(5)))
	}
	return answers, numbers
}

func caseOf(r *rand.Rand, xml, main string) engineCase {
	answers, numbers := script(r)
	return engineCase{XML: xml, Main: main, Sync: syncNames, Stateful: statefulNames, Conditions: conditionNames, Answers: answers, Numbers: numbers, Ticks: 24}
}

// TestImportedTreesRunAsInTheEngine: random trees of BehaviorTree.CPP's nodes
// run in its engine and, converted, here.
func TestImportedTreesRunAsInTheEngine(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 15))
	var all []engineCase
	for range *cases {
		g := &xmlWriter{r: r}
		all = append(all, caseOf(r, g.document(), "Main"))
	}
	answers := engine(t, all)
	var trees, converted, warned, plain, same int
	refused := map[string]int{}
	for i, a := range answers {
		if a.Error != "" {
			continue // no tree of the engine's
		}
		trees++
		c := all[i]
		s := newStage(c.Answers, c.Numbers)
		file, _, faults := btcpp.Import("case.xml", []byte(c.XML), btcpp.Params{Game: s.Vocabulary()})
		if !faults.OK() {
			for _, d := range faults {
				if d.Severity == dsl.Error {
					refused[d.Summary]++
				}
			}
			continue
		}
		converted++
		statuses, calls, err := s.run(dsl.Format(file), c.Ticks)
		if err != nil {
			t.Errorf("tree %d converts and does not pass the checks: %v\n%s\n%s", i, err, c.XML, dsl.Format(file))
			continue
		}
		problem := differ(a, statuses, calls)
		if len(faults) > 0 {
			warned++
			if problem == "" {
				same++
			}
			continue
		}
		plain++
		if problem != "" {
			t.Errorf("tree %d: %s\n%s\n%s", i, problem, c.XML, dsl.Format(file))
		}
	}
	t.Logf("of %d trees %d are the engine's, %d convert, %d without a warning; of the %d with one %d run the same", len(all), trees, converted, plain, warned, same)
	for text, n := range refused {
		t.Logf("refused %d times: %s", n, text)
	}
	if converted*100 < trees*85 {
		t.Errorf("only %d of %d trees convert", converted, trees)
	}
}
