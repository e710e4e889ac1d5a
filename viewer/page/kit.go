package page

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"dryad/internal/atomicfile"
)

// Name is the name of a kit's file.
const Name = "dryad-page.kit"

// Kit is what every page holds beside its replay.
type Kit struct {
	Program []byte // the viewer as wasm, compressed by gzip
	Script  []byte // of the Go release, which starts it
}

// The names of the parts in a kit's file, which is a ZIP archive.
const (
	partProgram = "dryad-page.wasm.gz"
	partScript  = "wasm_exec.js"
)

// maxPart bounds a part of a kit that is read.
const maxPart = 64 << 20

// ErrNoKit says that there is no kit and that none can be built.
var ErrNoKit = errors.New("the viewer for web pages is not here: put " + Name + ", which 'make page' builds, beside dryad")

// Encode returns the file of a kit.
func (k *Kit) Encode() ([]byte, error) {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, part := range []struct {
		name string
		data []byte
	}{{partProgram, k.Program}, {partScript, k.Script}} {
		to, err := w.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err != nil {
			return nil, fmt.Errorf("write a kit: %w", err)
		}
		if _, err := to.Write(part.data); err != nil {
			return nil, fmt.Errorf("write a kit: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("write a kit: %w", err)
	}
	return file.Bytes(), nil
}

// Decode reads the file of a kit.
func Decode(file []byte) (*Kit, error) {
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, fmt.Errorf("read a kit: %w", err)
	}
	k := &Kit{}
	for name, to := range map[string]*[]byte{partProgram: &k.Program, partScript: &k.Script} {
		part, err := r.Open(name)
		if err != nil {
			return nil, fmt.Errorf("read a kit: %w", err)
		}
		*to, err = io.ReadAll(io.LimitReader(part, maxPart+1))
		part.Close()
		if err != nil {
			return nil, fmt.Errorf("read a kit: %w", err)
		}
		if len(*to) == 0 || len(*to) > maxPart {
			return nil, fmt.Errorf("read a kit: %s has %d bytes", name, len(*to))
		}
	}
	return k, nil
}

// Build compiles the viewer with the Go tool, in a folder of dryad's source.
func Build(ctx context.Context, source string) (*Kit, error) {
	dir, err := os.MkdirTemp("", "dryad-page")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "page.wasm")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, "./cmd/dryad-page")
	build.Dir = source
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile the viewer to wasm: %w: %s", err, strings.Join(strings.Fields(string(out)), " "))
	}
	wasm, err := os.ReadFile(program)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(wasm); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("ask the Go tool for its folder: %w", err)
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, fmt.Errorf("read the start-up script of the Go release: %w", err)
	}
	return &Kit{Program: packed.Bytes(), Script: script}, nil
}

// Find returns the kit in a file; with an empty path the one beside the
// program, or that in the working folder.
func Find(path string) (*Kit, error) {
	paths := []string{path}
	if path == "" {
		paths = []string{Name}
		if self, err := os.Executable(); err == nil {
			paths = append([]string{filepath.Join(filepath.Dir(self), Name)}, paths...)
		}
	}
	for _, p := range paths {
		file, err := os.ReadFile(p)
		if errors.Is(err, os.ErrNotExist) && path == "" {
			continue
		}
		if err != nil {
			return nil, err
		}
		k, err := Decode(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p, err)
		}
		return k, nil
	}
	return nil, ErrNoKit
}

// WriteFile writes a kit to a file, whole or not at all.
func (k *Kit) WriteFile(path string) error {
	file, err := k.Encode()
	if err != nil {
		return err
	}
	return atomicfile.Write(path, file)
}
