package btcpp_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dryad/dsl"
	"dryad/dsl/btcpp"
	"dryad/dsl/internal/skirmish"
)

// around puts a tree into a document.
func around(body string) []byte {
	return []byte(`<root BTCPP_format="4"><BehaviorTree ID="main">` + body + `</BehaviorTree></root>`)
}

// main returns the text of the main tree, without its indentation.
func mainOf(file *dsl.File) string {
	_, text, _ := strings.Cut(dsl.Format(file), "tree main:\n")
	return strings.ReplaceAll("\n"+text, "\n  ", "\n")[1:]
}

// TestNodes: what nodes become.
func TestNodes(t *testing.T) {
	for body, want := range map[string]string{
		`<Delay delay_msec="300"><Strafe/></Delay>`:                                                  "memory sequence:\n  wait: 300ms\n  task: strafe\n",
		`<KeepRunningUntilFailure><Strafe/></KeepRunningUntilFailure>`:                               "repeat:\n  task: strafe\n",
		`<SetBlackboard output_key="{n}" value="3"/>`:                                                "set: n = 3\n",
		`<WhileDoElse><ScriptCondition code="a &lt; 3"/><Strafe/></WhileDoElse>`:                     "sequence:\n  condition: a < 3\n  task: strafe\n",
		`<WhileDoElse><ScriptCondition code="a"/><Strafe/><Sleep msec="1000"/></WhileDoElse>`:        "selector:\n  sequence:\n    condition: a\n    task: strafe\n  sequence:\n    not:\n      condition: a\n    wait: 1s\n",
		`<TryCatch><A/><B/><C/></TryCatch>`:                                                          "memory selector:\n  memory sequence:\n    task: a\n    task: b\n  fail:\n    task: c\n",
		`<IfThenElse><ScriptCondition code="a"/><B/></IfThenElse>`:                                   "memory sequence:\n  condition: a\n  task: b\n",
		`<Precondition if="a" else="SUCCESS"><B/></Precondition>`:                                    "memory selector:\n  condition: not a\n  task: b\n",
		`<Precondition if="a" else="RUNNING"><B/></Precondition>`:                                    "memory sequence:\n  retry:\n    condition: a\n  task: b\n",
		`<ReactiveSequence><A/><B/></ReactiveSequence>`:                                              "not:\n  selector:\n    not:\n      task: a\n    not:\n      task: b\n",
		`<Control ID="Sequence"><Decorator ID="ForceSuccess"><Action ID="A"/></Decorator></Control>`: "memory sequence:\n  succeed:\n    task: a\n",
		`<Sequence><A _onSuccess="n := 1"/><B _failureIf="n > 2"/></Sequence>`:                       "memory sequence:\n  memory sequence:\n    task: a\n    set: n = 1\n  memory sequence:\n    condition: not (n > 2)\n    task: b\n",
		`<Sequence><A _skipIf="x"/><B/></Sequence>`:                                                  "memory sequence:\n  memory selector:\n    condition: x\n    task: a\n  task: b\n",
		`<Fallback><A _while="x"/><B/></Fallback>`:                                                   "memory selector:\n  sequence:\n    condition: x\n    task: a\n  task: b\n",
		`<Parallel success_count="1" failure_count="1"><A/><B/></Parallel>`:                          "parallel first:\n  task: a\n  task: b\n",
		`<RunOnce then_skip="false"><A/></RunOnce>`:                                                  "once:\n  task: a\n",
		`<Sequence _collapsed="true" _uid="3"><A/></Sequence>`:                                       "memory sequence:\n  task: a\n",
		`<Sequence><A name="to the door" _description="why"/></Sequence>`:                            "memory sequence:\n  # why\n  task: a # to the door\n",
		`<A file="maps/a.yaml" rate="1e-3" mask="0x10" share="50%" who="some_one"/>`:                 "task: a (\"maps/a.yaml\") 0.001 16 (\"50%\") some_one\n",
		`<Script code="m := x > 1 ? 'a' : 'b'"/>`:                                                    "memory selector:\n  memory sequence:\n    condition: x > 1\n    set: m = a\n  set: m = b\n",
		`<ScriptCondition code="n += 1; n > 3"/>`:                                                    "memory sequence:\n  set: n = n + 1\n  condition: n > 3\n",
		`<Sleep msec="0"/>`: "condition: true\n",
		`<Script code="n := 5 - 3 - 1; m := 8 / 2 / 2; b := n > 1 || m > 1 && n < 3"/>`: "memory sequence:\n  set: n = 5 - (3 - 1)\n  set: m = 8 / (2 / 2)\n  set: b = (n > 1 or m > 1) and n < 3\n",
	} {
		file, faults := read("", around(body))
		if have := mainOf(file); !faults.OK() || have != want {
			t.Errorf("%s: %v\n%s", body, faults, have)
		}
	}
}

// TestWhatHasNoMeaningIsNamed: an error names what cannot be kept.
func TestWhatHasNoMeaningIsNamed(t *testing.T) {
	for body, want := range map[string]string{
		`<Script code="x := a &amp; b"/>`:                                    "bits",
		`<Script code="x := 'a' .. 'b'"/>`:                                   "joins texts",
		`<Script code="m := 'a'; m := 3"/>`:                                  "is a text in one script and a number in another",
		`<A where="&quot;two&apos;"/>`:                                       "both kinds of quotes",
		`<Delay delay_msec="soon"><A/></Delay>`:                              "soon",
		`<Delay delay_msec="300"/>`:                                          "one child",
		`<ConsumeQueue queue="{q}"><A/></ConsumeQueue>`:                      "ConsumeQueue",
		`<LoopInt queue="{q}" value="{x}"><A/></LoopInt>`:                    "its queue written out",
		`<Parallel success_count="4"><A/><B/></Parallel>`:                    "counts 4 of 2",
		`<Repeat num_cycles="{n}"><A/></Repeat>`:                             "no number of attempts",
		`<Mine><A/></Mine>`:                                                  "Mine",
		`<SetBlackboard output_key="" value="3"/>`:                           "cannot be set",
		`<Switch2 variable="x" case_1="1" case_2="2"><A/><B/><C/></Switch2>`: "not a name in braces",
		`<Precondition if="a" else="MAYBE"><A/></Precondition>`:              "MAYBE",
		`<ScriptCondition code="mode &lt; 'a'"/>`:                            "which of two texts is larger",
		`<IfThenElse><A/></IfThenElse>`:                                      "2 or 3 children",
	} {
		_, faults := read("", around(body))
		if faults.OK() || !strings.Contains(faults.Err().Error(), want) {
			t.Errorf("%s: %v", body, faults)
		}
	}
	for _, text := range []string{"", "<", "<a/>", `<root BTCPP_format="5"/>`, `<root BTCPP_format="4"/>`, strings.Repeat("<root>", 1000)} {
		if _, faults := read("", []byte(text)); faults.OK() {
			t.Errorf("%q is read", text)
		}
	}
}

// TestWarnings: a warning says in what the policy differs.
func TestWarnings(t *testing.T) {
	for body, want := range map[string]string{
		`<Repeat num_cycles="2"><A/></Repeat>`:                               "after an attempt that ran over several ticks, Repeat makes the next one in the same tick",
		`<RetryUntilSuccessful num_attempts="2"><A/></RetryUntilSuccessful>`: "after an attempt that ran over several ticks, RetryUntilSuccessful",
		`<A _skipIf="x"/>`:                                   "when the main tree is skipped",
		`<A _onHalted="x := 1"/>`:                            "_onHalted",
		`<A _typo="x"/>`:                                     `"_typo" is not known`,
		`<Parallel><A _skipIf="x"/><B/></Parallel>`:          "looked at again every tick",
		`<A goal="{where}"/>`:                                `nothing in the document sets "{where}"`,
		`<Script code="m := 'two words'"/>`:                  `the text "two words" is written as the word two_words`,
		`<SubTree ID="X" port="1"/>`:                         "in no file that is read",
		`<ScriptCondition code="1 / x > 2"/>`:                "division by zero",
		`<TryCatch catch_on_halt="true"><A/><B/></TryCatch>`: "does not run here when the node is halted",
	} {
		_, faults := read("", around(body))
		if !faults.OK() || len(faults) != 1 || !strings.Contains(faults[0].Summary, want) {
			t.Errorf("%s: %v", body, faults)
		}
	}
	if _, faults := read("", around(`<Repeat num_cycles="2"><ScriptCondition code="x"/></Repeat>`)); len(faults) != 0 {
		t.Errorf("an attempt that takes no time: %v", faults)
	}
}

// TestMainTree: without main_tree_to_execute the tree runs that no other calls.
func TestMainTree(t *testing.T) {
	file, faults := read("", []byte(`<root BTCPP_format="4"><BehaviorTree ID="Flee"><Action ID="strafe"/></BehaviorTree>
	  <BehaviorTree ID="Root"><ReactiveFallback><SubTree ID="Flee"/><Action ID="hold"/></ReactiveFallback></BehaviorTree></root>`))
	if want := "tree flee:\n  task: strafe\n\ntree main:\n  selector:\n    tree: flee\n    task: hold\n"; !faults.OK() || dsl.Format(file) != want {
		t.Errorf("%v\n%s", faults, dsl.Format(file))
	}
	_, faults = read("", []byte(`<root BTCPP_format="4"><BehaviorTree ID="A"><x/></BehaviorTree><BehaviorTree ID="B"><x/></BehaviorTree></root>`))
	if faults.OK() || !strings.Contains(faults[0].Summary, "several are called by no other: A, B") {
		t.Errorf("%v", faults)
	}
	_, faults = read("", []byte(`<root BTCPP_format="4" main_tree_to_execute="C"><BehaviorTree ID="A"><x/></BehaviorTree></root>`))
	if faults.OK() {
		t.Error("a main tree that is not there")
	}
}

// TestVariables: scripts and conditions speak of the same key, of its type.
func TestVariables(t *testing.T) {
	file, faults := read("", around(`<Sequence><Script code="doorOpen := true; mode := 'attack'; low := health < 30"/>`+
		`<ScriptCondition code="doorOpen == true && mode == 'calm'"/><ScriptCondition code="low"/></Sequence>`))
	text := dsl.Format(file)
	for _, want := range []string{"key door_open: bool\n", "key mode: enum(attack, calm)\n", "key low: bool\n",
		"condition: door_open == true and mode == calm\n", "set: low = health < 30\n", "set: mode = attack\n"} {
		if !faults.OK() || !strings.Contains(text, want) {
			t.Fatalf("%v: %q is not in\n%s", faults, want, text)
		}
	}
}

// TestSubtrees: a subtree has names of its own, and ports that are other names.
func TestSubtrees(t *testing.T) {
	file, faults := read("", []byte(`<root BTCPP_format="4" main_tree_to_execute="M"><BehaviorTree ID="M"><Sequence><Script code="n := 1"/>`+
		`<SubTree ID="T" p="{n}" q="3"/><SubTree ID="T" p="{n}" q="4"/><SubTree ID="U" _autoremap="true"/></Sequence></BehaviorTree>`+
		`<BehaviorTree ID="T"><Sequence><Script code="p += q; n := 2"/></Sequence></BehaviorTree>`+
		`<BehaviorTree ID="U"><Script code="n := 3"/></BehaviorTree></root>`))
	text := dsl.Format(file)
	for _, want := range []string{"set: n = n + 3\n", "set: n = n + 4\n", "set: t_n = 2\n", "set: t_2_n = 2\n", "tree u:\n  set: n = 3\n"} {
		if !faults.OK() || !strings.Contains(text, want) {
			t.Fatalf("%v: %q is not in\n%s", faults, want, text)
		}
	}
}

// TestConditionOfTheGame: what the game knows as a condition is one.
func TestConditionOfTheGame(t *testing.T) {
	file, _, faults := btcpp.Import("", around(`<Fallback><HasEnemyInView/><Hold/></Fallback>`), btcpp.Params{Game: skirmish.Vocabulary})
	if want := "memory selector:\n  condition: has_enemy_in_view\n  task: hold\n"; !faults.OK() || mainOf(file) != want {
		t.Errorf("%v\n%s", faults, mainOf(file))
	}
	_, _, faults = btcpp.Import("", around(`<Parallel><MoveTo target="nearest_medkit"/><Strafe/></Parallel>`), btcpp.Params{Game: skirmish.Vocabulary})
	if faults.OK() || faults[0].Code != "two-movers" {
		t.Errorf("two tasks that move below one Parallel: %v", faults)
	}
}

// TestEncodings: raw characters in scripts, and texts that are not UTF-8.
func TestEncodings(t *testing.T) {
	file, faults := read("", around(`<ScriptCondition code="health < 30 && x"/>`))
	if want := "condition: health < 30 and x\n"; !faults.OK() || mainOf(file) != want {
		t.Errorf("%v\n%s", faults, mainOf(file))
	}
	latin := "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<root BTCPP_format=\"4\"><BehaviorTree ID=\"main\"><A name=\"f\xfcr\"/></BehaviorTree></root>"
	file, faults = read("", []byte(latin))
	if want := "task: a # für\n"; !faults.OK() || mainOf(file) != want {
		t.Errorf("%v\n%s", faults, mainOf(file))
	}
	_, faults = read("", []byte(strings.Replace(latin, "ISO-8859-1", "EBCDIC", 1)))
	if faults.OK() || !strings.Contains(faults[0].Summary, "UTF-8 and ISO-8859-1 are read") {
		t.Errorf("%v", faults)
	}
}

// TestVersion3: the differences of the older format.
func TestVersion3(t *testing.T) {
	file, faults := read("", []byte(`<root main_tree_to_execute="M"><BehaviorTree ID="M"><SequenceStar><Decorator ID="RetryUntilSuccesful" num_attempts="1"><Action ID="A"/></Decorator>`+
		`<SetBlackboard output_key="speed" value="3"/><SubTree ID="T" target="speed"/><SubTreePlus ID="T" target="{speed}"/></SequenceStar></BehaviorTree>`+
		`<BehaviorTree ID="T"><Action ID="B" to="{target}"/></BehaviorTree></root>`))
	if text := dsl.Format(file); !faults.OK() || !strings.Contains(text, "task: b speed\n") || !strings.Contains(text, "retry 1:\n") || strings.Contains(text, "t_2") {
		t.Errorf("%v\n%s", faults, text)
	}
}

// TestModel: nodes of the application's own that TreeNodesModel declares.
func TestModel(t *testing.T) {
	file, faults := read("", []byte(`<root BTCPP_format="4"><BehaviorTree ID="M"><PipelineSequence name="go"><RateController hz="1.0"><ComputePath goal="{goal}"/></RateController><IsStuck/></PipelineSequence></BehaviorTree>`+
		`<TreeNodesModel><Control ID="PipelineSequence"/><Decorator ID="RateController"><input_port name="hz"/></Decorator><Condition ID="IsStuck"/><Action ID="ComputePath"/></TreeNodesModel></root>`))
	want := "# RateController hz=1.0\n    memory sequence rate_controller:\n      task: compute_path goal\n    condition: is_stuck\n"
	if text := mainOf(file); !faults.OK() || !strings.HasPrefix(text, "memory sequence pipeline_sequence: # go\n") || !strings.Contains(text, strings.TrimPrefix(strings.ReplaceAll(want, "\n  ", "\n"), "")) {
		t.Errorf("%v\n%s", faults, text)
	}
	if len(faults) == 0 || !strings.Contains(faults[0].Summary, "PipelineSequence") {
		t.Errorf("%v", faults)
	}
}

// TestInclude: trees of other files.
func TestInclude(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "sub", "all.xml"), []byte(`<root BTCPP_format="4"><include path="../part.xml"/></root>`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "part.xml"), []byte(`<root BTCPP_format="4"><BehaviorTree ID="Part"><A/></BehaviorTree></root>`), 0o600); err != nil {
		t.Fatal(err)
	}
	document := []byte(`<root BTCPP_format="4"><include path="sub/all.xml"/><BehaviorTree ID="M"><SubTree ID="Part"/></BehaviorTree></root>`)
	file, _, faults := btcpp.Import("", document, btcpp.Params{Include: func(path string) ([]byte, error) {
		return os.ReadFile(filepath.Join(dir, path))
	}})
	if text := dsl.Format(file); !faults.OK() || !strings.Contains(text, "tree part:\n  task: a\n") {
		t.Errorf("%v\n%s", faults, text)
	}
	_, _, faults = btcpp.Import("", document, btcpp.Params{Include: func(string) ([]byte, error) { return nil, errors.New("gone") }})
	if faults.OK() || !strings.Contains(faults[0].Summary, "gone") {
		t.Errorf("%v", faults)
	}
	if _, faults := read("", document); faults.OK() {
		t.Error("an include that nobody reads")
	}
}

// TestEnumThereAndBack: a word of an enum stays one.
func TestEnumThereAndBack(t *testing.T) {
	const text = "policy a for skirmish\n\nkey mode: enum(calm, angry) = angry\nkey n: int = 3\n\ntree main:\n  sequence:\n    condition: mode == calm\n    condition: weapon == shotgun and n > 1\n    set: mode = angry\n"
	file, _ := dsl.Parse("", text)
	document, faults := btcpp.Export(file, skirmish.Vocabulary)
	if !faults.OK() || !strings.Contains(string(document), "mode == &#39;calm&#39;") || !strings.Contains(string(document), "weapon == &#39;shotgun&#39;") {
		t.Fatalf("%v\n%s", faults, document)
	}
	again, _, faults := btcpp.Import("", document, btcpp.Params{Game: skirmish.Vocabulary})
	if have := dsl.Format(again); !faults.OK() || have != text {
		t.Errorf("%v\n%s", faults, have)
	}
}

// TestExportModel: what is exported declares its nodes.
func TestExportModel(t *testing.T) {
	file, _ := dsl.Parse("", "sequence:\n  condition: has_enemy_in_view\n  task: shoot nearest_enemy\n")
	document, faults := btcpp.Export(file, skirmish.Vocabulary)
	for _, want := range []string{"<TreeNodesModel>", `<Action ID="shoot">`, `<input_port name="target"/>`, `<Condition ID="has_enemy_in_view"/>`} {
		if !faults.OK() || !strings.Contains(string(document), want) {
			t.Errorf("%v: no %s in\n%s", faults, want, document)
		}
	}
}
