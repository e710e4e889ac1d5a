package vizdoom

import (
	"encoding/binary"
	"errors"

	"dryad/games/fps"
)

// diary writes what the seats of a match are told, tick by tick, as differences from
// what they were told before, and reads it again. The zero value begins a match.
type diary struct {
	selves [][selfFields]int32
	sights [][rememberedSights]remembered // by seat, then the identity's remainder
}

// remembered is where something was last in view.
type remembered struct {
	ID int32
	At [7]int32
}

// rememberedSights is how many sights of a seat are remembered.
const rememberedSights = 256

// begin makes room for the seats.
func (d *diary) begin(seats int) {
	if len(d.selves) == seats {
		return
	}
	d.selves = make([][selfFields]int32, seats)
	d.sights = make([][rememberedSights]remembered, seats)
}

// append appends what is told in the next tick.
func (d *diary) append(buf []byte, t *told) []byte {
	d.begin(len(t.seats))
	put := func(v int32) { buf = binary.AppendVarint(buf, int64(v)) }
	count := func(n int) { buf = binary.AppendUvarint(buf, uint64(n)) }
	count(len(t.pictures))
	for _, p := range t.pictures {
		count(len(p))
		buf = append(buf, p...)
	}
	over := 0
	if t.over {
		over = 1
	}
	count(over)
	count(len(t.frags))
	for _, f := range t.frags {
		put(f)
	}
	count(len(t.deaths))
	for _, k := range t.deaths {
		put(k[0])
		put(k[1])
	}
	count(len(t.sectors))
	for _, c := range t.sectors {
		put(c[0])
		put(c[1])
		put(c[2])
	}
	for i := range t.seats {
		s := &t.seats[i]
		if s.self == nil {
			count(0)
			continue
		}
		count(1)
		for k, v := range s.self {
			put(v - d.selves[i][k])
			d.selves[i][k] = v
		}
		count(len(s.seen))
		for k := range s.seen {
			v := &s.seen[k]
			put(v.id)
			count(int(v.kind))
			last := d.last(i, v.id)
			for j := range v.at {
				put(v.at[j] - last[j])
			}
			d.remember(i, v)
		}
		count(len(s.lost))
		for _, id := range s.lost {
			put(id)
		}
	}
	return buf
}

// last returns where something was last in view; zero when it is not remembered.
func (d *diary) last(seat int, id int32) (at [7]int32) {
	if r := &d.sights[seat][uint32(id)%rememberedSights]; r.ID == id {
		at = r.At
	}
	return at
}

func (d *diary) remember(seat int, v *sight) {
	d.sights[seat][uint32(v.id)%rememberedSights] = remembered{v.id, v.at}
}

var errTold = errors.New("what the seats were told cannot be read")

// readPictures reads the pictures of the seats, with which every tick begins, and
// returns what follows them.
func readPictures(data []byte, seats int) (pictures [][]byte, rest []byte, err error) {
	count := func(most int) int {
		v, n := binary.Uvarint(data)
		if n <= 0 || v > uint64(most) {
			err = errTold
			return 0
		}
		data = data[n:]
		return int(v)
	}
	for range count(seats) {
		n := count(mostPicture)
		if err != nil || n > len(data) {
			return nil, nil, errTold
		}
		pictures = append(pictures, data[:n:n])
		data = data[n:]
	}
	if err != nil || len(pictures) != 0 && len(pictures) != seats {
		return nil, nil, errTold
	}
	return pictures, data, nil
}

// read reads what append has written. Nothing that it accepts breaks a bound of
// state.check.
func (d *diary) read(data []byte, bots []bool, sectors int) (*told, error) {
	d.begin(len(bots))
	pictures, data, err := readPictures(data, len(bots))
	if err != nil {
		return nil, err
	}
	bad := false
	count := func(most int) int {
		v, n := binary.Uvarint(data)
		if bad = bad || n <= 0 || v > uint64(most); bad {
			return 0
		}
		data = data[n:]
		return int(v)
	}
	get := func() int32 {
		v, n := binary.Varint(data)
		if bad = bad || n <= 0 || v != int64(int32(v)); bad {
			return 0
		}
		data = data[n:]
		return int32(v)
	}
	t := &told{seats: make([]seatTold, len(bots)), over: count(1) == 1, pictures: pictures}
	for range count(len(bots)) {
		t.frags = append(t.frags, get())
	}
	bad = bad || len(t.frags) != 0 && len(t.frags) != len(bots)
	for range count(maxDeaths) {
		k := [2]int32{get(), get()}
		bad = bad || k[0] < -1 || int(k[0]) >= len(bots) || k[1] < 0 || int(k[1]) >= len(bots)
		t.deaths = append(t.deaths, k)
	}
	for range count(sectors) {
		c := [3]int32{get(), get(), get()}
		bad = bad || c[0] < 0 || int(c[0]) >= sectors
		t.sectors = append(t.sectors, c)
	}
	for i := range bots {
		if count(1) == 0 {
			bad = bad || !bots[i] && !t.over
			continue
		}
		if bad = bad || bots[i]; bad {
			return nil, errTold
		}
		s := &t.seats[i]
		s.self = make([]int32, selfFields)
		for k := range s.self {
			d.selves[i][k] += get()
			s.self[k] = d.selves[i][k]
		}
		for range count(maxSights) {
			v := sight{id: get(), kind: sightKind(count(int(itemSight) + fps.ItemKinds() - 1))}
			last := d.last(i, v.id)
			for j := range v.at {
				v.at[j] = last[j] + get()
			}
			if bad {
				return nil, errTold
			}
			d.remember(i, &v)
			s.seen = append(s.seen, v)
		}
		for range count(maxSights) {
			s.lost = append(s.lost, get())
		}
		if bad {
			return nil, errTold
		}
	}
	if bad || len(data) > 0 {
		return nil, errTold
	}
	return t, nil
}
