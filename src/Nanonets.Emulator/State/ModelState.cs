namespace Nanonets.Emulator.State;

/// <summary>States of a model with their documented numbers (the reference's section 11.1).</summary>
internal enum ModelState
{
    NoData = 0,
    NotAnnotated = 1,
    NotTrained = 2,
    Queued = 3,
    Training = 4,
    Ready = 5,
    Retraining = 6,
}
