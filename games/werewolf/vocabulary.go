package werewolf

import (
	"dryad/games/werewolf/rules"
	"dryad/vocab"
)

// The channels: a night action, a speech, a vote, a bid.
const (
	channelNight vocab.Channels = 1 << iota
	channelSay
	channelVote
	channelBid
)

// channelOf returns the channel of a decision.
func channelOf(a rules.Act) vocab.Channels {
	switch a {
	case rules.Kill, rules.Inspect, rules.Protect:
		return channelNight
	case rules.Speak, rules.Whisper:
		return channelSay
	case rules.Ballot:
		return channelVote
	case rules.Offer:
		return channelBid
	}
	return 0
}

// Indices into the vocabulary; the order of its lists.
const (
	featureRole = iota
	featureAct
	featureRound
	featureAlive
	featureSeat
	featureVotesAgainst
	featureKnownWolves
	featureSuspicion
	featureSuspicionOfMe
	featureAccusations
	featureSeerClaims
	conditionNight
	conditionSpeaking
	conditionVoting
	conditionBidding
	conditionWolf
	conditionFoundWolf
	conditionKilledLastNight
	conditionProposed
	conditionAccused
	conditionSeerClaimed
	conditionSaidSeer
)

const (
	chooseRandom = iota
	chooseRandomOther
	chooseKnownWolf
	chooseKnownGood
	chooseUnchecked
	chooseMostVoted
	chooseVotedAgainstMe
	chooseProposal
	chooseMate
	chooseSelf
	chooseSuspected
	chooseTrusted
	choosePublicSuspect
	chooseLikelySeer
	chooseSeerClaimer
	chooseAccuser
	chooseLastSpeaker
)

const (
	taskKill = iota
	taskInspect
	taskProtect
	taskVote
	taskAbstain
	taskClaim
	taskReport
	taskAccuse
	taskDefend
	taskQuestion
	taskSilent
	taskBid
)

func roleWords() []string {
	var words []string
	for r := rules.Role(0); int(r) < rules.Roles; r++ {
		words = append(words, r.String())
	}
	return words
}

func actWords() []string {
	var words []string
	for a := rules.None; a <= rules.Ballot; a++ {
		words = append(words, a.String())
	}
	return words
}

func whom(meaning string) []vocab.Param {
	return []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Agent}, Description: meaning}}
}

var vocabulary = vocab.Vocabulary{
	Game:     "werewolf",
	Version:  1,
	Channels: []string{"night", "say", "vote", "bid"},
	Features: []vocab.Feature{
		{Name: "role", Kind: vocab.Enum, Values: roleWords(), Description: "own role"},
		{Name: "act", Kind: vocab.Enum, Values: actWords(), Description: "what is asked now"},
		{Name: "round", Kind: vocab.Int, Min: 1, Max: 64, Description: "number of the present round"},
		{Name: "alive", Kind: vocab.Int, Unit: "players", Max: rules.MaxSeats, Description: "players who live"},
		{Name: "number", Kind: vocab.Int, Max: rules.MaxSeats - 1, Description: "own number: 2 is player_2"},
		{Name: "votes_against_me", Kind: vocab.Int, Unit: "votes", Max: rules.MaxSeats, Description: "votes against oneself in the last vote that one knows of"},
		{Name: "known_wolves", Kind: vocab.Int, Unit: "players", Max: rules.MaxSeats, Description: "living others, fellows excepted, whom one knows for certain to be werewolves"},
		{Name: "suspicion", Kind: vocab.Number, Max: 1, Description: "probability, by all that one knows and heard, that the most suspected living other is a werewolf"},
		{Name: "suspicion_of_me", Kind: vocab.Number, Max: 1, Description: "probability, by all that is public, that oneself is a werewolf"},
		{Name: "accusations", Kind: vocab.Int, Unit: "speeches", Max: 1000, Description: "speeches of others today that suspect oneself"},
		{Name: "seer_claims", Kind: vocab.Int, Unit: "players", Max: rules.MaxSeats, Description: "living others who said to be the seer"},
	},
	Conditions: []vocab.Condition{
		{Name: "night", Description: "one is asked for a night action"},
		{Name: "speaking", Description: "one has the floor"},
		{Name: "voting", Description: "one is asked for a vote"},
		{Name: "bidding", Description: "one is asked for a bid"},
		{Name: "is_wolf", Description: "one is a werewolf"},
		{Name: "found_wolf", Description: "one inspected a living player and found a werewolf"},
		{Name: "killed_last_night", Description: "somebody was killed in the last night"},
		{Name: "has_proposal", Description: "a fellow werewolf has proposed somebody tonight"},
		{Name: "accused", Description: "somebody suspected oneself in a speech today"},
		{Name: "seer_claimed", Description: "a living other said to be the seer"},
		{Name: "claimed_seer", Description: "oneself said to be the seer"},
	},
	Choosers: []vocab.Chooser{
		{Name: "random_player", Kind: vocab.Agent, Random: true, Description: "any player that one may choose now; when speaking, any other living player"},
		{Name: "random_non_mate", Kind: vocab.Agent, Random: true, Description: "any other living player who is not a fellow werewolf"},
		{Name: "known_wolf", Kind: vocab.Agent, Description: "a living other, no fellow, whom one knows to be a werewolf"},
		{Name: "known_good", Kind: vocab.Agent, Description: "a living other whom one knows not to be a werewolf"},
		{Name: "unchecked_player", Kind: vocab.Agent, Random: true, Description: "a living other of whom one knows nothing for certain"},
		{Name: "most_voted", Kind: vocab.Agent, Description: "the living other with the most votes in the last vote"},
		{Name: "voted_against_me", Kind: vocab.Agent, Description: "the first living player who voted against oneself in the last vote"},
		{Name: "proposal", Kind: vocab.Agent, Description: "whom the fellow werewolves want to kill tonight"},
		{Name: "mate", Kind: vocab.Agent, Description: "a living fellow werewolf"},
		{Name: "myself", Kind: vocab.Agent, Description: "oneself"},
		{Name: "most_suspected", Kind: vocab.Agent, Description: "the living other, no fellow werewolf, who is most likely a werewolf by all that one knows and heard"},
		{Name: "most_trusted", Kind: vocab.Agent, Description: "the living other who is least likely a werewolf by all that one knows and heard"},
		{Name: "public_suspect", Kind: vocab.Agent, Description: "the living other, no fellow werewolf, who is most likely a werewolf by what is public"},
		{Name: "likely_seer", Kind: vocab.Agent, Description: "the living other who is most likely the seer by what is public, for a werewolf no fellow"},
		{Name: "seer_claimer", Kind: vocab.Agent, Description: "the first living other who said to be the seer"},
		{Name: "accuser", Kind: vocab.Agent, Description: "the living other who suspected oneself last in a speech"},
		{Name: "last_speaker", Kind: vocab.Agent, Description: "the living other who spoke last"},
	},
	Tasks: []vocab.Task{
		{Name: "kill", Channels: channelNight, Params: whom("whom to kill"), Description: "propose, or decide, whom the werewolves kill; fails when one is not asked"},
		{Name: "inspect", Channels: channelNight, Params: whom("whom to look at"), Description: "learn what somebody is; fails when one is not asked"},
		{Name: "protect", Channels: channelNight, Params: whom("whom to save"), Description: "save somebody from the werewolves tonight; fails when one is not asked"},
		{Name: "vote", Channels: channelVote, Params: whom("whom to vote out"), Description: "vote against somebody; fails outside of the vote"},
		{Name: "abstain", Channels: channelVote, Description: "vote for nobody; fails outside of the vote"},
		{Name: "claim", Channels: channelSay, Description: "say that one has a role, true or not; fails when one has not the floor",
			Params: []vocab.Param{{Name: "role", Kinds: []vocab.Kind{vocab.Word}, Values: roleWords()[1:], Description: "which role"}}},
		{Name: "report", Channels: channelSay, Description: "say that one is the seer and that somebody was found to be a werewolf or not, true or not; fails when one has not the floor",
			Params: []vocab.Param{{Name: "target", Kinds: []vocab.Kind{vocab.Agent}, Description: "of whom"},
				{Name: "finding", Kinds: []vocab.Kind{vocab.Word}, Values: []string{"known", "wolf", "good"}, Optional: true, Description: "what was found; known is what one found in truth, good if nothing"}}},
		{Name: "accuse", Channels: channelSay, Params: whom("whom to accuse"), Description: "say that somebody is suspicious and should be voted out; fails when one has not the floor"},
		{Name: "defend", Channels: channelSay, Params: whom("whom to defend"), Description: "say that somebody, or oneself, is innocent; fails when one has not the floor"},
		{Name: "question", Channels: channelSay, Params: whom("whom to ask"), Description: "ask somebody to explain; fails when one has not the floor"},
		{Name: "stay_silent", Channels: channelSay, Description: "say nothing of use; fails when one has not the floor"},
		{Name: "bid", Channels: channelBid, Description: "bid for the floor; fails when no bids are asked",
			Params: []vocab.Param{{Name: "height", Kinds: []vocab.Kind{vocab.Int}, Optional: true, Default: 2, Max: rules.MaxBid, Description: "0 to 4"}}},
	},
	Notes: []string{
		"Each decision is one tick: the tree is ticked when its seat is asked for a night action, a speech, a vote or a bid, and only one of them at a time.",
		"A seat whose tree decides nothing passes: it kills nobody, says nothing, votes for nobody.",
		"The village wins when all werewolves are out; the werewolves win when they equal the others.",
		"Players are named player_0, player_1 and so on.",
	},
}
