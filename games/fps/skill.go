package fps

import (
	"dryad/bt"
	"dryad/games"
	"dryad/vocab"
)

// skill binds a task to what it does. It sees the seat's percept and the map,
// never the world.
type skill struct {
	vocab.Task
	words int
	tick  func(b *Body, c games.Call, state []uint64) (bt.Status, vocab.Channels)
}

var _ games.Task = (*runner)(nil)

// runner is a skill as the game hands it out.
type runner struct{ *skill }

// Words returns how many state words an activation needs.
func (r runner) Words() int { return r.words }

// Tick does one tick's work.
func (r runner) Tick(body games.Body, call games.Call, state []uint64) (bt.Status, vocab.Channels) {
	return r.tick(body.(*Body), call, state)
}

// Halt ends an activation. Skills keep nothing outside of their state, so
// there is nothing to undo.
func (r runner) Halt(games.Body, games.Call, []uint64) {}

// TaskOf returns the behaviour of the task at an index of the vocabulary.
func TaskOf(index int) games.Task { return runner{&skills[index]} }

const (
	walkChannels = MoveChannel | TurnChannel | UseChannel | FireChannel
	aimChannels  = TurnChannel | FireChannel | WeaponChannel
)

// param returns a required parameter.
func param(name, meaning string, kinds ...vocab.Kind) vocab.Param {
	return vocab.Param{Name: name, Kinds: kinds, Description: meaning}
}

// optional returns an optional parameter.
func optional(name, meaning string, kinds ...vocab.Kind) vocab.Param {
	return vocab.Param{Name: name, Kinds: kinds, Optional: true, Description: meaning}
}

// The skills, in the vocabulary's order.
var skills = []skill{
	{vocab.Task{Name: "move_to", Channels: walkChannels, Mover: true, Description: "walk to a place, an item or an agent; succeeds on arrival, fails when there is no way",
		Params: []vocab.Param{param("target", "where to go", vocab.Position, vocab.Item, vocab.Agent)}}, tripWords, moveTo},
	{vocab.Task{Name: "shoot", Channels: aimChannels, Description: "aim and fire at an enemy with the weapon that suits the distance; succeeds when it is dead, fails when it was out of view for a second",
		Params: []vocab.Param{optional("target", "whom to shoot at; left out, the nearest enemy in view, tick by tick", vocab.Agent)}}, 1, shoot},
	{vocab.Task{Name: "strafe", Channels: MoveChannel, Mover: true, NonTerminating: true, Description: "sidestep to and fro across the line to the nearest enemy; never ends by itself"}, 1, strafe},
	{vocab.Task{Name: "retreat", Channels: walkChannels, Mover: true, Description: "run to where known enemies are far; succeeds when no enemy has been in view for three seconds, fails when none is known"}, tripWords + 1, retreat},
	{vocab.Task{Name: "pick_up", Channels: walkChannels, Mover: true, Description: "fetch an item; succeeds when the agent has it, fails when it is seen to be gone",
		Params: []vocab.Param{param("item", "what to fetch", vocab.Item)}}, tripWords, pickUp},
	{vocab.Task{Name: "explore", Channels: walkChannels, Mover: true, NonTerminating: true, Description: "walk to places not visited yet, one after another; never ends by itself"}, tripWords + 1, explore},
	{vocab.Task{Name: "hold", Channels: MoveChannel | TurnChannel, Mover: true, NonTerminating: true, Description: "stand still and look out for enemies; never ends by itself"}, 0, hold},
	{vocab.Task{Name: "take_cover", Channels: walkChannels, Mover: true, Description: "go to a near place that the enemy last seen cannot see; succeeds there, fails when no enemy is known or there is no cover"}, tripWords + 1, takeCover},
	{vocab.Task{Name: "flank", Channels: walkChannels, Mover: true, Description: "go round to the side or back of an enemy; succeeds there, fails when its place is not known",
		Params: []vocab.Param{optional("target", "whom to go round; left out, the enemy last seen", vocab.Agent)}}, tripWords + 1, flank},
	{vocab.Task{Name: "suppress", Channels: aimChannels, Description: "fire at a place for two seconds, whether an enemy is seen there or not; fails without ammunition",
		Params: []vocab.Param{param("target", "where to fire", vocab.Position, vocab.Agent)}}, 1, suppress},
	{vocab.Task{Name: "regroup", Channels: walkChannels, Mover: true, Description: "go to the nearest living ally; succeeds within 160 map units, fails when there is none"}, tripWords, regroup},
	{vocab.Task{Name: "follow", Channels: walkChannels, Mover: true, NonTerminating: true, Description: "stay 96 to 192 map units from an agent wherever it goes; fails when it is dead",
		Params: []vocab.Param{param("target", "whom to follow", vocab.Agent)}}, tripWords, follow},
	{vocab.Task{Name: "guard", Channels: walkChannels, Mover: true, NonTerminating: true, Description: "patrol round a place within 192 map units and look out for enemies; never ends by itself",
		Params: []vocab.Param{param("target", "what to guard", vocab.Position, vocab.Item)}}, tripWords + 1, guard},
	{vocab.Task{Name: "escort", Channels: walkChannels, Mover: true, NonTerminating: true, Description: "stay 96 map units ahead of an ally, towards where enemies are known or it is going; fails when it is dead",
		Params: []vocab.Param{param("target", "whom to escort", vocab.Agent)}}, tripWords, escort},
	{vocab.Task{Name: "capture", Channels: walkChannels, Mover: true, Description: "go to the place that the mode wants taken and stay until the own team has it; fails when there is none"}, tripWords, capture},
	{vocab.Task{Name: "escape", Channels: walkChannels, Mover: true, Description: "throw off pursuit: run from one place that enemies cannot see to the next; succeeds when none has been in view for five seconds"}, tripWords + 1, escape},
	{vocab.Task{Name: "camp", Channels: walkChannels, Mover: true, NonTerminating: true, Description: "go to a near place that overlooks much and is overlooked by little, and wait there facing the most open side"}, tripWords + 1, camp},
	{vocab.Task{Name: "peek", Channels: walkChannels, Mover: true, Description: "step out towards the enemy last seen until it is in view, at most two seconds, and step back; succeeds when back"}, tripWords + 1, peek},
	{vocab.Task{Name: "switch_weapon", Channels: WeaponChannel, Description: "take a weapon in hand, which takes almost a second without a shot; succeeds when it is in hand, fails when the agent does not carry it",
		Params: []vocab.Param{{Name: "weapon", Kinds: []vocab.Kind{vocab.Enum}, Values: weaponChoices(), Optional: true, Default: float64(Weapons), Description: "which; left out or best, the best loaded one"}}}, 0, switchWeapon},
	{vocab.Task{Name: "look_at", Channels: TurnChannel, Description: "turn to face a place, an item or an agent; succeeds when facing it",
		Params: []vocab.Param{param("target", "what to face", vocab.Position, vocab.Item, vocab.Agent)}}, 0, lookAt},
	{vocab.Task{Name: "look_around", Channels: TurnChannel, Description: "turn once round; succeeds after a full turn"}, 1, lookAround},
	{vocab.Task{Name: "charge", Channels: walkChannels, Mover: true, Description: "run straight at an enemy; succeeds within 64 map units, fails when its place is not known",
		Params: []vocab.Param{optional("target", "whom to run at; left out, the enemy last seen", vocab.Agent)}}, tripWords, charge},
	{vocab.Task{Name: "dodge", Channels: MoveChannel, Mover: true, Description: "step out of the way of a missile in view; succeeds when none is coming"}, 0, dodge},
	{vocab.Task{Name: "keep_distance", Channels: MoveChannel, Mover: true, NonTerminating: true, Description: "back off from the nearest enemy in view or close in on it, to stay at a distance; stands still when none is in view",
		Params: []vocab.Param{{Name: "distance", Kinds: []vocab.Kind{vocab.Int, vocab.Number}, Optional: true, Default: 384, Unit: "map units", Min: 32, Max: 4096, Description: "how far to stay"}}}, 0, keepDistance},
}

// weaponChoices are the words of switch_weapon.
func weaponChoices() []string { return append(WeaponNames(), "best") }
