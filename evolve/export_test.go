package evolve

import "dryad/policy"

// EntryOf reads a text as a run does.
func EntryOf(checker *policy.Checker, source string) *Entry {
	return (&search{p: Params{Checker: checker}}).read(source)
}
