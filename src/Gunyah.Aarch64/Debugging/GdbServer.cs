using System.Net;
using System.Net.Sockets;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Debugging;

/// <summary>
/// Lets GDB debug the first VM that runs arm64 code: <c>target remote localhost:PORT</c>. The VM stands at its first
/// instruction until a
/// debugger has come, and runs freely once it has gone. Cores are threads.
/// </summary>
public sealed class GdbServer : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Thread _thread;
    private Cluster? _cluster;
    private volatile bool _isDisposed;

    /// <summary>Listens on the loopback address.</summary>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="SocketException">The port cannot be listened on.</exception>
    public GdbServer(int port)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start(1);
        _thread = new(Serve) { IsBackground = true, Name = "gdb" };
        _thread.Start();
    }

    /// <summary>The port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The machine ends: a VM that stands does not hold it up, and does not go on.</summary>
    public void End() => Debugger.End();

    internal Debugger Debugger { get; } = new();

    /// <summary>Takes the VM that is debugged; the first one.</summary>
    /// <returns>False if there is one already.</returns>
    internal bool TryTake(Cluster cluster) => Interlocked.CompareExchange(ref _cluster, cluster, null) is null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _listener.Dispose();
        Debugger.Detach();
    }

    private void Serve()
    {
        try
        {
            using TcpClient client = _listener.AcceptTcpClient();
            client.NoDelay = true;
            using NetworkStream stream = client.GetStream();
            while (Debugger.WaitForStop(TimeSpan.FromMilliseconds(50)) is null)
            {
                if (_isDisposed)
                    return;
            }

            // A connection that has ended can be read as well: there is nothing to wait for.
            new GdbSession(new(stream, () => client.Client.Poll(0, SelectMode.SelectRead)), Debugger, _cluster!).Serve();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // Nobody comes any more.
            Debugger.Detach();
        }
    }
}
