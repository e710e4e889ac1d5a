package tournament

// scanRecord reads a record as encoding/json writes that of a match of two sides in which
// nobody forfeited, some ten times as fast. It is false for any other text, which may be
// a record all the same.
func scanRecord(text string) (r record, ok bool) {
	s := scanner{rest: text}
	s.skip(`{"home":`)
	r.Home = s.integer()
	s.skip(`,"away":`)
	r.Away = s.integer()
	s.skip(`,"result":"`)
	r.Result = s.word()
	s.skip(`,"margin":`)
	r.Margin = s.number()
	s.skip(`,"ticks":`)
	r.Ticks = s.integer()
	s.skip(`,"state_hash":"`)
	r.Hash = s.word()
	s.skip(`,"reason":"`)
	r.Reason = s.word()
	s.skip(`}`)
	return r, !s.failed && s.rest == ""
}

// scanner takes pieces off the front of a text until one is not there.
type scanner struct {
	rest   string
	failed bool
}

func (s *scanner) skip(text string) {
	if s.failed || len(s.rest) < len(text) || s.rest[:len(text)] != text {
		s.failed = true
		return
	}
	s.rest = s.rest[len(text):]
}

// mostDigits is how many digits make a number that a float64 holds exactly.
const mostDigits = 15

// digits takes the digits of an integer or of a fraction.
func (s *scanner) digits(most int) (value int64, count int) {
	for count < len(s.rest) && '0' <= s.rest[count] && s.rest[count] <= '9' {
		value = value*10 + int64(s.rest[count]-'0')
		if count++; count > most {
			break
		}
	}
	if count == 0 || count > most {
		s.failed = true
		return 0, 0
	}
	s.rest = s.rest[count:]
	return value, count
}

// sign takes a minus.
func (s *scanner) sign() (negative bool) {
	if negative = s.rest != "" && s.rest[0] == '-'; negative {
		s.rest = s.rest[1:]
	}
	return negative
}

// whole takes the digits of an integer, which begin with a zero only if it is zero.
func (s *scanner) whole(most int) (value int64, count int) {
	zero := s.rest != "" && s.rest[0] == '0'
	value, count = s.digits(most)
	s.failed = s.failed || zero && count > 1
	return value, count
}

// integer takes an integer of at most nine digits.
func (s *scanner) integer() int {
	negative := s.sign()
	value, _ := s.whole(9)
	if negative {
		value = -value
	}
	return int(value)
}

// number takes a number without exponent that has at most mostDigits digits: then it
// is the rounded quotient of two numbers that a float64 holds.
func (s *scanner) number() float64 {
	negative := s.sign()
	value, count := s.whole(mostDigits)
	quotient := float64(value)
	if !s.failed && s.rest != "" && s.rest[0] == '.' {
		s.rest = s.rest[1:]
		fraction, places := s.digits(mostDigits - count)
		power := int64(1)
		for range places {
			power *= 10
		}
		quotient = float64(value*power+fraction) / float64(power)
	}
	if negative {
		quotient = -quotient
	}
	return quotient
}

// word takes the characters of a string, of ASCII and without escapes, and its quote.
func (s *scanner) word() string {
	for i := 0; i < len(s.rest) && !s.failed; i++ {
		switch c := s.rest[i]; {
		case c == '"':
			word := s.rest[:i]
			s.rest = s.rest[i+1:]
			return word
		case c < ' ' || c > '~' || c == '\\':
			s.failed = true
		}
	}
	s.failed = true
	return ""
}
