package page_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"dryad/viewer/page"
)

func TestKitIsAFile(t *testing.T) {
	kit := &page.Kit{Program: []byte("program"), Script: []byte("script")}
	file, err := kit.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := page.Decode(file)
	if err != nil || !bytes.Equal(back.Program, kit.Program) || !bytes.Equal(back.Script, kit.Script) {
		t.Fatalf("%+v, %v", back, err)
	}
	if _, err := page.Decode(file[:len(file)-3]); err == nil {
		t.Error("half a kit is read")
	}
	path := t.TempDir() + "/" + page.Name
	if err := kit.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	if _, err := page.Find(path); err != nil {
		t.Error(err)
	}
	if _, err := page.Find(path + "x"); err == nil || errors.Is(err, page.ErrNoKit) {
		t.Errorf("a kit that was named is not there: %v", err)
	}
}

func TestTitleIsText(t *testing.T) {
	kit := &page.Kit{Program: []byte("program"), Script: []byte("script")}
	html, err := kit.Write("<script>alert(1)</script>", record(t))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(html), "alert(1)</script>") {
		t.Error("the title is taken for markup")
	}
	if _, err := kit.Write("x", []byte("no replay")); err == nil {
		t.Error("a page of no replay")
	}
	if _, err := kit.Write("x"); err == nil {
		t.Error("a page without a replay")
	}
}

// FuzzDecode: no bytes make the reader of kits fail otherwise than by an error.
func FuzzDecode(f *testing.F) {
	file, err := (&page.Kit{Program: []byte("program"), Script: []byte("script")}).Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file)
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, file []byte) {
		k, err := page.Decode(file)
		if err == nil && (len(k.Program) == 0 || len(k.Script) == 0) {
			t.Error("a kit without a part was read")
		}
	})
}
