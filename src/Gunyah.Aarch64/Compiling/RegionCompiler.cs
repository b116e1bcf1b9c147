using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Gunyah.Aarch64.Compiling;

/// <summary>Makes host code of a plan.</summary>
[RequiresDynamicCode("Host code is made while the program runs.")]
internal static unsafe class RegionCompiler
{
    private delegate nint Code(nint state, nint head);

    /// <summary>Compiles a region.</summary>
    public static CompiledRegion Compile(RegionPlan plan)
    {
        var region = new CompiledRegion(plan);
        var method = new DynamicMethod("region", typeof(nint), [typeof(nint), typeof(nint)], typeof(RegionCompiler).Module, true)
        {
            InitLocals = false,
        };
        new RegionWriter(method.GetILGenerator(1024), plan, region).Write();
        // The delegate keeps it. A call of a delegate goes through a stub, so the code is called by its address.
        Delegate code = method.CreateDelegate(typeof(Code));
        RuntimeMethodHandle handle = GetMethodDescriptor(method);
        // Else the first call would compile, and the caller wait.
        RuntimeHelpers.PrepareMethod(handle);
        region.Complete(code, (Handler)handle.GetFunctionPointer());
        return region;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern RuntimeMethodHandle GetMethodDescriptor(DynamicMethod method);
}
