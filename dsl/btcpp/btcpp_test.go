package btcpp_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/dsl"
	"dryad/dsl/btcpp"
	"dryad/dsl/internal/random"
	"dryad/dsl/internal/skirmish"
	_ "dryad/internal/fixedseed"
)

const groot = `<?xml version="1.0" encoding="UTF-8"?>
<root BTCPP_format="4" main_tree_to_execute="MainTree">
  <!-- as Groot2 writes it -->
  <BehaviorTree ID="MainTree">
    <ReactiveFallback name="root">
      <ReactiveSequence name="survive">
        <ScriptCondition code="health &lt; 30 &amp;&amp; !seen"/>
        <MoveTo target="nearest_medkit" speed="0.5"/>
      </ReactiveSequence>
      <Timeout msec="1500">
        <RetryUntilSuccessful num_attempts="3">
          <Action ID="Shoot" target="{prey}"/>
        </RetryUntilSuccessful>
      </Timeout>
      <IsCalm _failureIf="health == 0"/>
      <Script code="count := 1; count += 2"/>
      <SubTree ID="Patrol" where="nearest_enemy"/>
    </ReactiveFallback>
  </BehaviorTree>
  <BehaviorTree ID="Patrol">
    <Parallel success_count="1" failure_count="1">
      <Sleep msec="2000"/>
      <Inverter><Strafe/></Inverter>
    </Parallel>
  </BehaviorTree>
  <TreeNodesModel>
    <Condition ID="IsCalm"/>
    <SubTree ID="Patrol"><input_port name="where" type="agent"/></SubTree>
  </TreeNodesModel>
</root>
`

// TestThereAndBackWithComments: header, comments and the order of arguments
// survive; two dashes are pulled apart, for XML has none in comments.
func TestThereAndBackWithComments(t *testing.T) {
	const text = `# the first -- of many
policy bot for skirmish

# what runs
tree main:
  # two ways
  selector:
    sequence heal: # when hurt
      condition: health < 30
      task: move_to nearest_medkit
    # last
    task: strafe

# the end
`
	file, faults := dsl.Parse("", text)
	if !faults.OK() {
		t.Fatal(faults)
	}
	xml, faults := btcpp.Export(file, skirmish.Vocabulary)
	if !faults.OK() {
		t.Fatal(faults)
	}
	again, faults := btcpp.Import("", xml)
	if !faults.OK() {
		t.Fatalf("%v\n%s", faults, xml)
	}
	btcpp.Positional(again, skirmish.Vocabulary)
	want := strings.NewReplacer("--", "- -", "    sequence heal: # when hurt\n", "    # when hurt\n    sequence heal:\n").Replace(text)
	if have := dsl.Format(again); have != want {
		t.Errorf("%s\nbecame by\n%s\n%s", want, xml, have)
	}
}

// TestMoreNodes: nodes that are written in more than one here.
func TestMoreNodes(t *testing.T) {
	for xml, want := range map[string]string{
		`<Delay delay_msec="300"><Strafe/></Delay>`:                                           "sequence:\n  wait: 300ms\n  task: strafe\n",
		`<KeepRunningUntilFailure><Strafe/></KeepRunningUntilFailure>`:                        "repeat:\n  task: strafe\n",
		`<SetBlackboard output_key="{n}" value="3"/>`:                                         "set: n = 3\n",
		`<WhileDoElse><ScriptCondition code="a &lt; 3"/><Strafe/></WhileDoElse>`:              "sequence:\n  condition: a < 3\n  task: strafe\n",
		`<WhileDoElse><ScriptCondition code="a"/><Strafe/><Sleep msec="1000"/></WhileDoElse>`: "selector:\n  sequence:\n    condition: a\n    task: strafe\n  sequence:\n    not:\n      condition: a\n    wait: 1s\n",
		`<WhileDoElse><Strafe/><Strafe/><Strafe/></WhileDoElse>`:                              "",
		`<SetBlackboard output_key="" value="3"/>`:                                            "",
		`<Delay delay_msec="300"/>`:                                                           "",
		`<SubtreePlus/>`:                                                                      "task: subtree_plus\n",
		`<Switch2 variable="{a}" case_1="1" case_2="2"><Strafe/><Strafe/><Strafe/></Switch2>`: "",
		`<IfThenElse><ScriptCondition code="a"/><Strafe/><Strafe/></IfThenElse>`:              "",
		`<AsyncSequence><Strafe/></AsyncSequence>`:                                            "",
		`<Precondition if="a" else="FAILURE"><Strafe/></Precondition>`:                        "",
	} {
		file, faults := btcpp.Import("", []byte(`<root BTCPP_format="4"><BehaviorTree ID="main">`+xml+`</BehaviorTree></root>`))
		if want == "" {
			if faults.OK() || faults[0].Code != "no-counterpart" {
				t.Errorf("%s: %v", xml, faults)
			}
			continue
		}
		_, have, _ := strings.Cut(dsl.Format(file), "tree main:\n")
		if have = strings.ReplaceAll("\n"+have, "\n  ", "\n")[1:]; !faults.OK() || have != want {
			t.Errorf("%s: %v\n%s", xml, faults, have)
		}
	}
}

func TestImport(t *testing.T) {
	file, faults := btcpp.Import("groot.xml", []byte(groot))
	want := `# from a script; its type was not declared
key count: number

# as Groot2 writes it
tree main:
  selector root:
    sequence survive:
      condition: health < 30 and not seen
      task: move_to target=nearest_medkit speed=0.5
    timeout 1500ms:
      retry 3:
        task: shoot target=prey
    sequence:
      condition: not (health == 0)
      condition: is_calm
    sequence:
      set: count = 1
      set: count = count + (2)
    tree: patrol where=nearest_enemy

tree patrol(where: agent):
  parallel first:
    wait: 2s
    not:
      task: strafe
`
	if got := dsl.Format(file); len(faults) > 0 || got != want {
		t.Errorf("%v\n%s", faults, got)
	}
}

func TestWhatHasNoMeaningIsNamed(t *testing.T) {
	for body, want := range map[string]string{
		`<Switch2 variable="x" case_1="1"><A/><B/><C/></Switch2>`:               "Switch2",
		`<IfThenElse><A/><B/><C/></IfThenElse>`:                                 "IfThenElse",
		`<A _skipIf="x"/>`:                                                      "_skipIf",
		`<Parallel success_count="2" failure_count="2"><A/><B/><C/></Parallel>`: "Parallel",
		`<Script code="x := a &amp; b"/>`:                                       "bits",
		`<ReactiveSequence><A/><B/></ReactiveSequence>`:                         "starts finished tasks again",
		`<A where="two words"/>`:                                                "two words",
		`<SubTree ID="X" port="1"/>`:                                            "not declared",
		`<Delay delay_msec="soon"><A/></Delay>`:                                 "soon",
	} {
		_, faults := btcpp.Import("", []byte(`<root BTCPP_format="4"><BehaviorTree ID="main">`+body+`</BehaviorTree></root>`))
		if len(faults) == 0 || !strings.Contains(faults[0].Summary, want) {
			t.Errorf("%s: %v", body, faults)
		}
	}
	for _, text := range []string{"", "<", "<a/>", `<root BTCPP_format="3"/>`, `<root BTCPP_format="4"/>`, strings.Repeat("<root>", 1000)} {
		if _, faults := btcpp.Import("", []byte(text)); faults.OK() {
			t.Errorf("%q is read", text)
		}
	}
}

func TestExportNamesWhatIsMissing(t *testing.T) {
	file, _ := dsl.Parse("", "selector:\n  cooldown 5s:\n    task: a\n  random:\n    task: b\n  net: c\n  lua: d\n  condition: max(a, 1) > 2\n  wait: 3turns\n")
	if text, faults := btcpp.Export(file, nil); text != nil || len(faults) != 6 {
		t.Errorf("%v", faults)
	}
}

func TestSequence(t *testing.T) {
	file, _ := dsl.Parse("", "sequence:\n  condition: a\n  task: b\n  task: c\n  condition: d\n  task: shoot nearest_enemy\n")
	text, faults := btcpp.Export(file, skirmish.Vocabulary)
	want := `    <ReactiveSequence>
      <Condition ID="a"/>
      <Sequence>
        <Action ID="b"/>
        <Action ID="c"/>
        <ReactiveSequence>
          <Condition ID="d"/>
          <Action ID="shoot" target="nearest_enemy"/>
        </ReactiveSequence>
      </Sequence>
    </ReactiveSequence>
`
	if len(faults) > 0 || !strings.Contains(string(text), want) {
		t.Errorf("%v\n%s", faults, text)
	}
}

// TestThereAndBack: what is written can be read, and is then written the same.
func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		file := random.Policy().Draw(t, "policy")
		file.Keys = nil
		text, faults := btcpp.Export(file, nil)
		if text == nil {
			if faults.OK() {
				t.Fatal("nothing is written, and nobody says why")
			}
			return
		}
		again, faults := btcpp.Import("", text)
		for _, d := range faults {
			if d.Severity == dsl.Error && d.Code != "undeclared-port" {
				t.Fatalf("%v\n%s", faults, text)
			}
		}
		if !faults.OK() {
			return
		}
		again.Keys = nil
		second, faults := btcpp.Export(again, nil)
		if !faults.OK() || string(second) != string(text) {
			t.Fatalf("%v\n%s\n%s\n%s", faults, dsl.Format(file), text, second)
		}
	})
}

func FuzzImport(f *testing.F) {
	f.Add(groot)
	f.Add(`<root BTCPP_format="4"><BehaviorTree><Fallback><A b="{c}" _while="d"/></Fallback></BehaviorTree></root>`)
	f.Fuzz(func(t *testing.T, text string) {
		file, faults := btcpp.Import("", []byte(text))
		if faults.OK() {
			if _, faults := dsl.Parse("", dsl.Format(file)); !faults.OK() {
				t.Fatalf("%v", faults)
			}
		}
	})
}
