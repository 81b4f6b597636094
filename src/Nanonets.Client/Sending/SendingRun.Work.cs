using System.Threading.Tasks;

namespace Nanonets.Sending;

/// <content>Slots.</content>
internal sealed partial class SendingRun
{
    /// <summary>A job's hold on a slot: held while anything is sent or handed over, free while it only waits.</summary>
    private sealed class Work(SendingRun run, ISendingSlots slots, ISendingSink sink)
    {
        private bool _active;
        private bool _held;

        public ISendingSink Sink => sink;

        /// <summary>Another hold, for a document that is sent again by itself.</summary>
        public Work Fork() => new(run, slots, sink);

        /// <summary>The caller holds a slot for it.</summary>
        public void Resume()
        {
            lock (run._lock)
                run._active++;
            _active = true;
            _held = true;
        }

        public async Task ResumeAsync()
        {
            // In the order of the input, later documents hold slots until this one has ended: it must not wait for them.
            bool takes = !run._context.Options.Ordered;
            if (takes)
                await slots.TakeAsync(run._context.Stop).ConfigureAwait(false);
            Resume();
            _held = takes;
        }

        public void Pause()
        {
            if (!_active)
                return;

            _active = false;
            if (_held)
                slots.Release();
            lock (run._lock)
                run._active--;
            run.LookLastWhenQuiet();
        }
    }
}
