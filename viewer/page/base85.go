package page

import "encoding/binary"

// alphabet are the 85 signs that data is written with in a page: five for four
// bytes, where base 64 takes five and a third. None of them means anything in a
// script's string or in HTML.
const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?,_>()[]{}@%$#"

// base85 writes data as text. The last group holds zeros beyond the end; the page
// is told how many bytes there are.
func base85(data []byte) []byte {
	text := make([]byte, 0, len(data)/4*5+5)
	for len(data) > 0 {
		var four [4]byte
		n := copy(four[:], data)
		data = data[n:]
		value := binary.BigEndian.Uint32(four[:])
		var five [5]byte
		for i := 4; i >= 0; i-- {
			five[i] = alphabet[value%85]
			value /= 85
		}
		text = append(text, five[:]...)
	}
	return text
}
