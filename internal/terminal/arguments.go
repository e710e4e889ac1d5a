package terminal

import "fmt"

// Trusted is a text that reaches the terminal as it is: one that was cleaned
// where it was made, and coloured afterwards.
type Trusted string

// Arguments returns arguments of a format with every text among them cleaned as
// [Text] does, those of errors and Stringers too. The slice that is given is
// not changed.
func Arguments(args []any) []any {
	cleaned := make([]any, len(args))
	for i, arg := range args {
		switch a := arg.(type) {
		case Trusted:
			cleaned[i] = string(a)
		case string:
			cleaned[i] = Text(a)
		case []byte:
			cleaned[i] = Text(string(a))
		case []string:
			list := make([]string, len(a))
			for j := range a {
				list[j] = Text(a[j])
			}
			cleaned[i] = list
		case nil:
		case error:
			cleaned[i] = Text(a.Error())
		case fmt.Formatter:
			cleaned[i] = arg
		case fmt.Stringer:
			cleaned[i] = stringer{a}
		default:
			cleaned[i] = arg
		}
	}
	return cleaned
}

// stringer is a Stringer whose text is cleaned; formats other than for texts
// see the value itself.
type stringer struct{ value fmt.Stringer }

// Format writes the value.
func (s stringer) Format(state fmt.State, verb rune) {
	format := fmt.FormatString(state, verb)
	switch verb {
	case 's', 'v', 'q':
		fmt.Fprintf(state, format, Text(s.value.String()))
	default:
		fmt.Fprintf(state, format, s.value)
	}
}
