namespace Devicetree.Checks;

/// <summary>Takes what checks and passes find, in dtc's order.</summary>
internal interface ICheckReporter
{
    /// <summary>Whether findings of a check with these levels are of interest. Where they are not, none is made.</summary>
    bool Wants(CheckLevels levels);

    /// <summary>A check found something.</summary>
    void Report(Finding finding);

    /// <summary>A check does not run because one that it needs did not pass.</summary>
    void ReportPrerequisite(CheckRow check, CheckLevels levels, CheckRow needed);

    /// <summary>A pass has something to say.</summary>
    void Report(PassMessage message);
}
