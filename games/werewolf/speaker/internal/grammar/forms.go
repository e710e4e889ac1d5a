package grammar

// Openers and tails go with every act; the first is none.
var (
	Openers = []string{
		"", "Listen, everyone. ", "Let me be brief. ", "Good morning. ", "I have thought about this. ", "To be honest with you all: ",
		"Well. ", "Friends, hear me out. ", "Before we vote: ", "Here is where I stand. ",
	}
	Tails = []string{
		"", " Think about it.", " We must not waste this day.", " Let us decide together.", " I want to hear what you say to that.",
		" Please consider it before you vote.", " That is all from me.", " The village cannot afford a mistake.", " Watch the votes closely.",
		" Time is on the side of the werewolves.",
	}
)

var (
	claims = []string{
		"I am the @.", "My role is @.", "I tell you openly: I am the @.", "You should know that I am the @.", "There is no point in hiding it. I am the @.",
		"I am the @, and I will help as I can.", "For the record, I am the @.", "I say it plainly: my role is @.",
	}
	wolves = []string{
		"I am the seer, and % is a werewolf.", "I am the seer. Last night I looked at % and saw a werewolf: % is a werewolf.",
		"As the seer I checked %. The result is clear: % is a werewolf.", "My role is seer. I inspected somebody, and % is a werewolf.",
		"I am the seer and I have found one: % is a werewolf.", "I am the seer. % is a werewolf, I saw it at night.",
		"I am the seer. Vote out %. I checked, % is a werewolf.", "I cannot keep it back any longer. I am the seer, % is a werewolf.",
	}
	goods = []string{
		"I am the seer, and % is not a werewolf.", "I am the seer. Last night I looked at somebody: % is not a werewolf.",
		"As the seer I can tell you that one of us is clear. % is not a werewolf.", "My role is seer. I inspected one of you, and % is not a werewolf.",
		"I am the seer and I have good news: % is not a werewolf.", "I am the seer. Leave that one in peace, % is not a werewolf.",
		"I am the seer. You can rely on my result, % is not a werewolf.", "I am the seer. I checked, and % is innocent.",
	}
	accusations = []string{
		"I suspect %.", "I think that % is a werewolf.", "Everything points at %.", "% is suspicious to me.", "We should vote for %.",
		"I do not buy what % says.", "% seems guilty to me.", "My vote goes to % today.", "% behaves in a strange way.", "I am convinced that % is lying.",
		"If I had to name one werewolf, I would vote against %.",
	}
	defences = []string{
		"I trust %.", "I believe that % is innocent.", "Do not vote for %.", "% is with the village, as far as I can see.", "I would vouch for %.",
		"There is nothing against %, I trust % as before.", "I am sure that % is on our side.", "It would be a mistake to lose %, who is innocent.",
	}
	pleas = []string{
		"I am innocent.", "You are wrong about me.", "I am with the village, whatever is said of me.", "Voting me out only helps the werewolves.",
		"I have done nothing but help.", "I am not a werewolf.", "Losing me would be a loss for the village.",
	}
	questions = []string{
		"%, whom do you suspect?", "%, how do you explain your vote?", "What does % think of all this?", "Can % tell us what happened?",
		"Why has % said so little?", "Does % know something that we do not?", "Could % explain the last night?",
	}
	agreements = []string{
		"I agree with %.", "What % said is right, I agree with %.", "I see it as % does, I trust %.", "I agree with every word of %.",
		"I had the same thought, I agree with %.", "I stand with %, whom I trust.",
	}
	deflections = []string{
		"Why are you looking at me? Look at %, who is suspicious.", "It is not me. The one that you want is %, who is hiding.",
		"You waste your votes on me. % is the suspicious one.", "Instead of me, vote for %.", "I am not your problem. I suspect %.",
		"Somebody wants me out, and I suspect %.", "Before you judge me, ask who gains: I suspect %.",
	}
	silences = []string{
		"I have nothing to say for now.", "I would rather listen.", "I do not know enough yet.", "I pass.", "It is too early for me to say anything.",
		"No comment from me.", "I am still making up my mind.", "I will wait and see.",
	}
)
