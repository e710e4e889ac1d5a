package check

import (
	"dryad/dsl/internal/perwords"
	"dryad/vocab"
)

// words finds the words of one vocabulary fast.
type words struct {
	readings, choosers, tasks, nets   map[string]int
	chooserNames, taskNames, netNames []string
}

var allWords = perwords.New(readWords)

// wordsOf returns the words of a vocabulary, which must not change any more.
func wordsOf(v *vocab.Vocabulary) *words { return allWords.Of(v) }

func readWords(v *vocab.Vocabulary) *words {
	w := &words{readings: map[string]int{}, choosers: map[string]int{}, tasks: map[string]int{}, nets: map[string]int{}}
	for i := range v.Readings() {
		w.readings[v.ReadingName(i)] = i
	}
	for i := range v.Choosers {
		w.choosers[v.Choosers[i].Name] = i
		w.chooserNames = append(w.chooserNames, v.Choosers[i].Name)
	}
	for i := range v.Tasks {
		w.tasks[v.Tasks[i].Name] = i
		w.taskNames = append(w.taskNames, v.Tasks[i].Name)
	}
	for i := range v.Nets {
		w.nets[v.Nets[i].Name] = i
		w.netNames = append(w.netNames, v.Nets[i].Name)
	}
	return w
}
