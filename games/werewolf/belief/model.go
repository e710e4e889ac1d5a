package belief

// Model says how much more or less likely behaviour is than that of somebody
// who acts without knowing anything. All factors are positive; 1 tells nothing.
type Model struct {
	// A werewolf votes for, suspects, or trusts a fellow.
	WolfVotesMate, WolfSuspectsMate, WolfTrustsMate float64
	// Somebody of the village votes for or suspects a werewolf, or trusts one.
	VillageVotesWolf, VillageSuspectsWolf, VillageTrustsWolf float64
	// A werewolf says to be the seer, to be the doctor or the like, to be a
	// villager.
	WolfClaimsSeer, WolfClaimsPower, WolfClaimsVillager float64
	// Somebody of the village says to be what it is not.
	VillageLies float64
	// The true owner of a special role says so.
	TrueClaim float64
	// A true seer reports a finding that is false.
	SeerErs float64
	// The werewolves kill somebody who said to be the seer.
	WolvesKillSeer float64
	// Choices takes votes, suspicion and trust for choices among the living, so
	// that it also tells something when they meet somebody who is no werewolf.
	Choices bool `json:",omitempty"`
}

// DefaultModel is a cautious reading of play among people and among language
// models: claims of roles count much, votes count some, suspicion counts
// little.
func DefaultModel() Model {
	return Model{
		WolfVotesMate: 0.3, WolfSuspectsMate: 0.4, WolfTrustsMate: 1.5,
		VillageVotesWolf: 1.4, VillageSuspectsWolf: 1.2, VillageTrustsWolf: 0.7,
		WolfClaimsSeer: 0.35, WolfClaimsPower: 0.5, WolfClaimsVillager: 1.1,
		VillageLies: 0.08, TrueClaim: 1.5, SeerErs: 0.02, WolvesKillSeer: 3,
	}
}
