using Devicetree.Compatibility;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>What <c>dtc -h</c> prints.</summary>
internal static class DtcUsage
{
    private const string BeforeOptions = """
        Usage: dtc [options] <input file>

        Options: -[
        """;

    private const string UpToSymbols = """
          -q, --quiet                
        	Quiet: -q suppress warnings, -qq errors, -qqq all
          -I, --in-format <arg>      
        	Input formats are:
        		dts - device tree source text
        		dtb - device tree blob
        		fs  - /proc/device-tree style directory
          -o, --out <arg>            
        	Output file
          -O, --out-format <arg>     
        	Output formats are:
        		dts - device tree source text
        		dtb - device tree blob
        		yaml - device tree encoded as YAML
        		asm - assembler source
          -V, --out-version <arg>    
        	Blob version to produce, defaults to 17 (for dtb and asm output)
          -d, --out-dependency <arg> 
        	Output dependency file
          -R, --reserve <arg>        
        	Make space for <number> reserve map entries (for dtb and asm output)
          -S, --space <arg>          
        	Make the blob at least <bytes> long (extra space)
          -p, --pad <arg>            
        	Add padding to the blob of <bytes> long (extra space)
          -a, --align <arg>          
        	Make the blob align to the <bytes> (extra space)
          -b, --boot-cpu <arg>       
        	Set the physical boot cpu
          -f, --force                
        	Try to produce output even if the input tree has errors
          -i, --include <arg>        
        	Add a path to search for include files
          -s, --sort                 
        	Sort nodes and properties before outputting (useful for comparing trees)
          -H, --phandle <arg>        
        	Valid phandle formats are:
        		legacy - "linux,phandle" properties only
        		epapr  - "phandle" properties only
        		both   - Both "linux,phandle" and "phandle" properties
          -W, --warning <arg>        
        	Enable/disable warnings (prefix with "no-")
          -E, --error <arg>          
        	Enable/disable errors (prefix with "no-")
          -@, --symbols              
        	Enable generation of symbols

        """;

    private const string LocalFixups = """
          -L, --local-fixups         
        	Possibly generates a __local_fixups__ and a __fixups__ node at the root node

        """;

    private const string Rest = """
          -A, --auto-alias           
        	Enable auto-alias of labels
          -T, --annotate             
        	Annotate output .dts with input source file and line (-T -T for more details)
          -h, --help                 
        	Print this help and exit
          -v, --version              
        	Print version and exit

        """;

    /// <summary>The text of a version.</summary>
    public static string Text(DtcVersion version)
    {
        bool hasFixups = version.Has(DtcChanges.LocalFixupsOption);
        return $"{BeforeOptions}qI:O:o:V:d:R:S:p:a:fb:i:H:sW:E:@{(hasFixups ? "L" : "")}AThv]\n{UpToSymbols}{(hasFixups ? LocalFixups : "")}{Rest}";
    }
}
