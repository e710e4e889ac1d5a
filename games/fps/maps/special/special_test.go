package special_test

import (
	"fmt"
	"testing"

	"dryad/games/fps/fixed"
	"dryad/games/fps/maps"
	"dryad/games/fps/maps/special"
)

func Example() {
	lift, known := special.Line(62)
	slime, _ := special.Sector(7)
	fmt.Println(lift, known, lift.Trigger == maps.Use, lift.Once, slime.Amount, slime.Every)
	// Output: lift (62) true true false 5 32
}

// TestLines: rows of the format's published table of line types.
func TestLines(t *testing.T) {
	for number, want := range map[uint16]maps.Special{
		1:   {Trigger: maps.Use, Manual: true, Monsters: true, Action: maps.MovePlane},
		26:  {Trigger: maps.Use, Manual: true, Key: maps.BlueKey, Action: maps.MovePlane},
		39:  {Trigger: maps.Walk, Once: true, Monsters: true, Action: maps.Teleport},
		46:  {Trigger: maps.Shoot, Monsters: true, Action: maps.MovePlane},
		52:  {Trigger: maps.Walk, Once: true, Action: maps.Exit},
		124: {Trigger: maps.Walk, Once: true, Action: maps.Exit, Secret: true},
		125: {Trigger: maps.Walk, Once: true, Monsters: true, OnlyThem: true, Action: maps.Teleport},
		244: {Trigger: maps.Walk, Monsters: true, Silent: true, ToLine: true, Action: maps.Teleport},
		// Generalized: a door of the walk-once kind at the lowest speed.
		0x3c00: {Trigger: maps.Walk, Once: true, Action: maps.MovePlane},
	} {
		got, known := special.Line(number)
		got.Number, got.Name, got.Move = 0, "", maps.Move{}
		if !known || got != want {
			t.Errorf("line special %d: %#v, known %v, want %#v", number, got, known, want)
		}
	}
	for _, number := range []uint16{9999, 340} {
		if s, known := special.Line(number); known || s.Action != maps.NoAction || s.Name == "" {
			t.Errorf("line special %d: %+v, known %v", number, s, known)
		}
	}
}

// TestSectors: rows of the format's published table of sector types, and of
// the extended numbers, which hold damage in bits 5 and 6.
func TestSectors(t *testing.T) {
	for number, want := range map[int32]maps.Damage{
		0: {}, 4: {Amount: 20, Every: 32}, 5: {Amount: 10, Every: 32}, 7: {Amount: 5, Every: 32}, 9: {Secret: true},
		11: {Amount: 20, Every: 32, Exit: true}, 16: {Amount: 20, Every: 32},
		0x20: {Amount: 5, Every: 32}, 0xc1: {Amount: 10, Every: 32, Secret: true},
	} {
		if got, known := special.Sector(number); !known || got != want {
			t.Errorf("sector special %d: %+v, known %v, want %+v", number, got, known, want)
		}
	}
	if _, known := special.Sector(6); known {
		t.Error("sector special 6 is known")
	}
}

// TestActions: arguments give speed, wait and amount; what is not run has no
// action.
func TestActions(t *testing.T) {
	raise := special.Action(23, [5]int32{3, 16, 40})
	want := maps.Move{Target: maps.ToOffset, Offset: 40 * fixed.One, Speed: 2 * fixed.One}
	if raise.Action != maps.MovePlane || raise.Move != want || raise.Manual || raise.Name != "Floor_RaiseByValue" {
		t.Errorf("%+v", raise)
	}
	door := special.Action(12, [5]int32{0, 16, 150})
	if !door.Manual || !door.Move.Door || door.Move.Wait != 150 || door.Move.Motion != maps.Return {
		t.Errorf("%+v", door)
	}
	if s := special.Action(80, [5]int32{1}); s.Action != maps.NoAction || s.Name != "ACS_Execute" {
		t.Errorf("%+v", s)
	}
	if s := special.Action(9000, [5]int32{}); s.Action != maps.NoAction || s.Name != "action 9000" {
		t.Errorf("%+v", s)
	}
}
