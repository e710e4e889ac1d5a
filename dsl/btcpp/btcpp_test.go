package btcpp_test

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dryad/dsl"
	"dryad/dsl/btcpp"
	"dryad/dsl/check"
	"dryad/dsl/internal/random"
	"dryad/dsl/internal/skirmish"
	_ "dryad/internal/fixedseed"
)

// read reads a document for no game.
func read(path string, text []byte) (*dsl.File, dsl.Diagnostics) {
	file, _, faults := btcpp.Import(path, text, btcpp.Params{})
	return file, faults
}

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
	document, faults := btcpp.Export(file, skirmish.Vocabulary)
	if !faults.OK() {
		t.Fatal(faults)
	}
	again, faults := read("", document)
	if !faults.OK() {
		t.Fatalf("%v\n%s", faults, document)
	}
	btcpp.Positional(again, skirmish.Vocabulary)
	want := strings.NewReplacer("--", "- -", "    sequence heal: # when hurt\n", "    # when hurt\n    sequence heal:\n").Replace(text)
	if have := dsl.Format(again); have != want {
		t.Errorf("%s\nbecame by\n%s\n%s", want, document, have)
	}
}

func TestImport(t *testing.T) {
	file, faults := read("groot.xml", []byte(groot))
	want := `# from a script; its type was not declared
key count: number

# as Groot2 writes it
tree main:
  selector root:
    sequence survive:
      condition: health < 30 and not seen
      task: move_to nearest_medkit 0.5
    timeout 1500ms:
      retry 3:
        task: shoot prey
    memory sequence:
      condition: not (health == 0)
      condition: is_calm
    memory sequence:
      set: count = 1
      set: count = count + 2
    tree: patrol where=nearest_enemy

tree patrol(where: agent):
  parallel first:
    wait: 2s
    not:
      task: strafe
`
	if got := dsl.Format(file); !faults.OK() || len(faults) != 2 || got != want {
		t.Errorf("%v\n%s", faults, got)
	}
}

func TestExportNamesWhatIsMissing(t *testing.T) {
	file, _ := dsl.Parse("", "selector:\n  cooldown 5s:\n    task: a\n  random:\n    task: b\n  net: c\n  lua: d\n  condition: floor(a) > 2\n  wait: 3turns\n")
	if text, faults := btcpp.Export(file, nil); text != nil || len(faults) != 6 {
		t.Errorf("%v", faults)
	}
}

func TestSequence(t *testing.T) {
	file, _ := dsl.Parse("", "sequence:\n  condition: a\n  task: b\n  task: c\n  condition: d\n  task: shoot nearest_enemy\n")
	text, faults := btcpp.Export(file, skirmish.Vocabulary)
	want := `    <ReactiveSequence>
      <a/>
      <Sequence>
        <b/>
        <c/>
        <ReactiveSequence>
          <d/>
          <shoot target="nearest_enemy"/>
        </ReactiveSequence>
      </Sequence>
    </ReactiveSequence>
`
	if len(faults) > 0 || !strings.Contains(string(text), want) {
		t.Errorf("%v\n%s", faults, text)
	}
}

// TestExportIsRead: what is written can be read.
func TestExportIsRead(t *testing.T) {
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
		_, faults = read("", text)
		for _, d := range faults {
			if d.Severity == dsl.Error && !strings.Contains(d.Summary, "does not pass the checks") && d.Code != "recursion" {
				t.Fatalf("%v\n%s", faults, text)
			}
		}
	})
}

// FuzzImport: whatever is read without an error passes the checks.
func FuzzImport(f *testing.F) {
	f.Add(groot)
	f.Add(`<root BTCPP_format="4"><BehaviorTree><Fallback><A b="{c}" _while="d"/></Fallback></BehaviorTree></root>`)
	f.Add(`<root BTCPP_format="4"><BehaviorTree ID="m"><Sequence><SubTree ID="s" p="{x}" q="3"/><SubTree ID="s" p="{y}" q="a b"/></Sequence></BehaviorTree><BehaviorTree ID="s"><Sequence><Script code="p := q - 1 - 1; z := 'w'"/><Parallel success_count="2" failure_count="2"><A/><B p="{q}"/><ScriptCondition code="z == 'v' || p > 0"/></Parallel></Sequence></BehaviorTree></root>`)
	f.Fuzz(func(t *testing.T, text string) {
		file, game, faults := btcpp.Import("", []byte(text), btcpp.Params{})
		if !faults.OK() {
			return
		}
		if _, faults := check.Source("", dsl.Format(file), game); !faults.OK() {
			t.Fatalf("%v\n%s", faults, dsl.Format(file))
		}
	})
}

// FuzzScript: what is read as a script is written so that it is read again.
func FuzzScript(f *testing.F) {
	f.Add("a := 1; b += 0x10 - 1e-3 * (c ? 2 : 3)")
	f.Add("!(a < b <= 3) && 'x' == m || @g")
	f.Fuzz(func(t *testing.T, code string) {
		var text bytes.Buffer
		if xml.EscapeText(&text, []byte(code)) != nil {
			return
		}
		file, game, faults := btcpp.Import("", []byte(`<root BTCPP_format="4"><BehaviorTree ID="m"><Script code="`+text.String()+`"/></BehaviorTree></root>`), btcpp.Params{})
		if !faults.OK() {
			return
		}
		if _, faults := check.Source("", dsl.Format(file), game); !faults.OK() {
			t.Fatalf("%v\n%s", faults, dsl.Format(file))
		}
	})
}
