package rules

import "fmt"

// Role is what a player was dealt.
type Role uint8

// The roles. Unknown stands for a role that one does not know.
const (
	Unknown Role = iota
	Villager
	Werewolf
	Seer      // learns each night whether a living player is a werewolf
	Doctor    // saves a living player from the werewolves each night
	Bodyguard // as the doctor, but never itself
	Medium    // learns whether the player who was voted out was a werewolf
	Possessed // wins with the werewolves, knows none and counts as none
)

// Roles is the number of roles, Unknown included.
const Roles = int(Possessed) + 1

var roleNames = [Roles]string{"unknown", "villager", "werewolf", "seer", "doctor", "bodyguard", "medium", "possessed"}

// String returns the role's name in lower case.
func (r Role) String() string {
	if int(r) < Roles {
		return roleNames[r]
	}
	return fmt.Sprintf("role(%d)", uint8(r))
}

// ParseRole reads a role's name.
func ParseRole(name string) (Role, error) {
	for r := Villager; int(r) < Roles; r++ {
		if roleNames[r] == name {
			return r, nil
		}
	}
	return Unknown, fmt.Errorf("there is no role %q", name)
}

// MarshalText writes the name.
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the name.
func (r *Role) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRole(string(text))
	return err
}

// The teams.
const (
	Village = 0
	Wolves  = 1
)

// Team returns with whom the role wins: Village or Wolves.
func (r Role) Team() int {
	if r == Werewolf || r == Possessed {
		return Wolves
	}
	return Village
}

// Finding is what is known about somebody being a werewolf.
type Finding uint8

// The findings.
const (
	Nothing Finding = iota
	NotWolf
	Wolf
)

// Finding returns what an inspection shows of the role.
func (r Role) Finding() Finding {
	if r == Werewolf {
		return Wolf
	}
	return NotWolf
}

// String says the finding in words.
func (f Finding) String() string {
	return [...]string{"unknown", "not a werewolf", "a werewolf"}[min(f, Wolf)]
}
