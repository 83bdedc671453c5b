"""The terms of the vocabulary as closed namespaces: a term that is not declared does not exist.

Generated from ontology/ and shapes/ by `make vocabulary`; a test fails when it is stale. Do not edit.
"""

from onrecord.vocabulary.term import Class, Property


class dcat:
    """http://www.w3.org/ns/dcat#"""

    Dataset = Class("http://www.w3.org/ns/dcat#Dataset")


class dcterms:
    """http://purl.org/dc/terms/"""

    isPartOf = Property(
        "http://purl.org/dc/terms/isPartOf",
        "",
        name="isPartOf", single=True,
    )
    language = Property(
        "http://purl.org/dc/terms/language",
        "http://www.w3.org/2001/XMLSchema#string",
        name="language", single=True,
    )
    license = Property(
        "http://purl.org/dc/terms/license",
        "",
        name="license", single=True,
    )
    publisher = Property(
        "http://purl.org/dc/terms/publisher",
        "",
        name="publisher", single=True,
    )
    title = Property(
        "http://purl.org/dc/terms/title",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="title",
    )


class oa:
    """http://www.w3.org/ns/oa#"""

    TextPositionSelector = Class("http://www.w3.org/ns/oa#TextPositionSelector")
    TextQuoteSelector = Class("http://www.w3.org/ns/oa#TextQuoteSelector")
    end = Property(
        "http://www.w3.org/ns/oa#end",
        "http://www.w3.org/2001/XMLSchema#integer",
        name="endOffset", single=True,
    )
    exact = Property(
        "http://www.w3.org/ns/oa#exact",
        "http://www.w3.org/2001/XMLSchema#string",
        name="exact", single=True,
    )
    hasSelector = Property(
        "http://www.w3.org/ns/oa#hasSelector",
        "",
        name="hasSelector",
    )
    hasSource = Property(
        "http://www.w3.org/ns/oa#hasSource",
        "",
        name="hasSource", single=True,
    )
    prefix = Property(
        "http://www.w3.org/ns/oa#prefix",
        "http://www.w3.org/2001/XMLSchema#string",
        name="prefix", single=True,
    )
    start = Property(
        "http://www.w3.org/ns/oa#start",
        "http://www.w3.org/2001/XMLSchema#integer",
        name="startOffset", single=True,
    )
    suffix = Property(
        "http://www.w3.org/ns/oa#suffix",
        "http://www.w3.org/2001/XMLSchema#string",
        name="suffix", single=True,
    )


class onr:
    """https://w3id.org/onrecord/ns#"""

    Act = Class("https://w3id.org/onrecord/ns#Act")
    Address = Class("https://w3id.org/onrecord/ns#Address")
    Agent = Class("https://w3id.org/onrecord/ns#Agent")
    Aircraft = Class("https://w3id.org/onrecord/ns#Aircraft")
    Alliance = Class("https://w3id.org/onrecord/ns#Alliance")
    Amount = Class("https://w3id.org/onrecord/ns#Amount")
    ArmedGroup = Class("https://w3id.org/onrecord/ns#ArmedGroup")
    Article = Class("https://w3id.org/onrecord/ns#Article")
    AttributionChain = Class("https://w3id.org/onrecord/ns#AttributionChain")
    AttributionLink = Class("https://w3id.org/onrecord/ns#AttributionLink")
    Change = Class("https://w3id.org/onrecord/ns#Change")
    ClaimedDesignation = Class("https://w3id.org/onrecord/ns#ClaimedDesignation")
    Company = Class("https://w3id.org/onrecord/ns#Company")
    Conflict = Class("https://w3id.org/onrecord/ns#Conflict")
    Court = Class("https://w3id.org/onrecord/ns#Court")
    Curation = Class("https://w3id.org/onrecord/ns#Curation")
    Designation = Class("https://w3id.org/onrecord/ns#Designation")
    DesignationContent = Class("https://w3id.org/onrecord/ns#DesignationContent")
    DesignationList = Class("https://w3id.org/onrecord/ns#DesignationList")
    DesignationProposition = Class("https://w3id.org/onrecord/ns#DesignationProposition")
    Designee = Class("https://w3id.org/onrecord/ns#Designee")
    Event = Class("https://w3id.org/onrecord/ns#Event")
    EventContent = Class("https://w3id.org/onrecord/ns#EventContent")
    EventProposition = Class("https://w3id.org/onrecord/ns#EventProposition")
    Evidence = Class("https://w3id.org/onrecord/ns#Evidence")
    Fact = Class("https://w3id.org/onrecord/ns#Fact")
    FactGraph = Class("https://w3id.org/onrecord/ns#FactGraph")
    Figure = Class("https://w3id.org/onrecord/ns#Figure")
    File = Class("https://w3id.org/onrecord/ns#File")
    Forum = Class("https://w3id.org/onrecord/ns#Forum")
    Foundation = Class("https://w3id.org/onrecord/ns#Foundation")
    GovernmentBody = Class("https://w3id.org/onrecord/ns#GovernmentBody")
    IdentityPaper = Class("https://w3id.org/onrecord/ns#IdentityPaper")
    LegalEffect = Class("https://w3id.org/onrecord/ns#LegalEffect")
    ListSnapshot = Class("https://w3id.org/onrecord/ns#ListSnapshot")
    Mention = Class("https://w3id.org/onrecord/ns#Mention")
    Ministry = Class("https://w3id.org/onrecord/ns#Ministry")
    NameForm = Class("https://w3id.org/onrecord/ns#NameForm")
    NewsOutlet = Class("https://w3id.org/onrecord/ns#NewsOutlet")
    Organization = Class("https://w3id.org/onrecord/ns#Organization")
    OrganizationGroup = Class("https://w3id.org/onrecord/ns#OrganizationGroup")
    Participation = Class("https://w3id.org/onrecord/ns#Participation")
    Particular = Class("https://w3id.org/onrecord/ns#Particular")
    Person = Class("https://w3id.org/onrecord/ns#Person")
    PersonGroup = Class("https://w3id.org/onrecord/ns#PersonGroup")
    Place = Class("https://w3id.org/onrecord/ns#Place")
    Platform = Class("https://w3id.org/onrecord/ns#Platform")
    PoliticalParty = Class("https://w3id.org/onrecord/ns#PoliticalParty")
    Post = Class("https://w3id.org/onrecord/ns#Post")
    Proposition = Class("https://w3id.org/onrecord/ns#Proposition")
    Prosecution = Class("https://w3id.org/onrecord/ns#Prosecution")
    Recognition = Class("https://w3id.org/onrecord/ns#Recognition")
    RecognitionContent = Class("https://w3id.org/onrecord/ns#RecognitionContent")
    RecognitionProposition = Class("https://w3id.org/onrecord/ns#RecognitionProposition")
    Relation = Class("https://w3id.org/onrecord/ns#Relation")
    RelationContent = Class("https://w3id.org/onrecord/ns#RelationContent")
    RelationProposition = Class("https://w3id.org/onrecord/ns#RelationProposition")
    Sentence = Class("https://w3id.org/onrecord/ns#Sentence")
    Source = Class("https://w3id.org/onrecord/ns#Source")
    State = Class("https://w3id.org/onrecord/ns#State")
    Statement = Class("https://w3id.org/onrecord/ns#Statement")
    StatementContent = Class("https://w3id.org/onrecord/ns#StatementContent")
    StatementProposition = Class("https://w3id.org/onrecord/ns#StatementProposition")
    StatusPeriod = Class("https://w3id.org/onrecord/ns#StatusPeriod")
    Tenure = Class("https://w3id.org/onrecord/ns#Tenure")
    TextProposition = Class("https://w3id.org/onrecord/ns#TextProposition")
    VagueTime = Class("https://w3id.org/onrecord/ns#VagueTime")
    Vessel = Class("https://w3id.org/onrecord/ns#Vessel")
    about = Property(
        "https://w3id.org/onrecord/ns#about",
        "",
        name="about",
    )
    address = Property(
        "https://w3id.org/onrecord/ns#address",
        "",
        name="address",
    )
    addressee = Property(
        "https://w3id.org/onrecord/ns#addressee",
        "",
        name="addressee",
    )
    after = Property(
        "https://w3id.org/onrecord/ns#after",
        "",
        name="after",
    )
    amid = Property(
        "https://w3id.org/onrecord/ns#amid",
        "",
        name="amid",
    )
    anonymityReason = Property(
        "https://w3id.org/onrecord/ns#anonymityReason",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="anonymityReason", single=True,
    )
    asOf = Property(
        "https://w3id.org/onrecord/ns#asOf",
        "http://www.w3.org/2001/XMLSchema#date",
        name="asOf", single=True,
    )
    asSaid = Property(
        "https://w3id.org/onrecord/ns#asSaid",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="asSaid", single=True,
    )
    asks = Property(
        "https://w3id.org/onrecord/ns#asks",
        "",
        name="asks",
    )
    asserts = Property(
        "https://w3id.org/onrecord/ns#asserts",
        "",
        name="asserts",
    )
    attitude = Property(
        "https://w3id.org/onrecord/ns#attitude",
        "",
        name="attitude",
    )
    attribution = Property(
        "https://w3id.org/onrecord/ns#attribution",
        "",
        name="attribution", single=True,
    )
    authority = Property(
        "https://w3id.org/onrecord/ns#authority",
        "",
        name="authority", single=True,
    )
    became = Property(
        "https://w3id.org/onrecord/ns#became",
        "http://www.w3.org/2001/XMLSchema#string",
        name="became",
    )
    because = Property(
        "https://w3id.org/onrecord/ns#because",
        "http://www.w3.org/2001/XMLSchema#string",
        name="because",
    )
    birth = Property(
        "https://w3id.org/onrecord/ns#birth",
        "",
        name="birth",
    )
    birthPlace = Property(
        "https://w3id.org/onrecord/ns#birthPlace",
        "",
        name="birthPlace",
    )
    called = Property(
        "https://w3id.org/onrecord/ns#called",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="called", single=True,
    )
    carriedOutBy = Property(
        "https://w3id.org/onrecord/ns#carriedOutBy",
        "",
        name="carriedOutBy",
    )
    causedBy = Property(
        "https://w3id.org/onrecord/ns#causedBy",
        "",
        name="causedBy",
    )
    changeCause = Property(
        "https://w3id.org/onrecord/ns#changeCause",
        "",
        name="changeCause", single=True,
    )
    changeKind = Property(
        "https://w3id.org/onrecord/ns#changeKind",
        "",
        name="changeKind", single=True,
    )
    changeReason = Property(
        "https://w3id.org/onrecord/ns#changeReason",
        "http://www.w3.org/2001/XMLSchema#string",
        name="changeReason", single=True,
    )
    changed = Property(
        "https://w3id.org/onrecord/ns#changed",
        "",
        name="changed", single=True,
    )
    charge = Property(
        "https://w3id.org/onrecord/ns#charge",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="charge", single=True,
    )
    citizenship = Property(
        "https://w3id.org/onrecord/ns#citizenship",
        "http://www.w3.org/2001/XMLSchema#string",
        name="citizenship",
    )
    city = Property(
        "https://w3id.org/onrecord/ns#city",
        "http://www.w3.org/2001/XMLSchema#string",
        name="city",
    )
    code = Property(
        "https://w3id.org/onrecord/ns#code",
        "http://www.w3.org/2001/XMLSchema#string",
        name="code",
    )
    concerns = Property(
        "https://w3id.org/onrecord/ns#concerns",
        "",
        name="concerns",
    )
    conflictOver = Property(
        "https://w3id.org/onrecord/ns#conflictOver",
        "",
        name="conflictOver",
    )
    content = Property(
        "https://w3id.org/onrecord/ns#content",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="content", single=True,
    )
    countedBy = Property(
        "https://w3id.org/onrecord/ns#countedBy",
        "",
        name="countedBy",
    )
    country = Property(
        "https://w3id.org/onrecord/ns#country",
        "http://www.w3.org/2001/XMLSchema#string",
        name="country",
    )
    counts = Property(
        "https://w3id.org/onrecord/ns#counts",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="counts", single=True,
    )
    curatedProperty = Property(
        "https://w3id.org/onrecord/ns#curatedProperty",
        "",
        name="curatedProperty",
    )
    curates = Property(
        "https://w3id.org/onrecord/ns#curates",
        "",
        name="curates",
    )
    denies = Property(
        "https://w3id.org/onrecord/ns#denies",
        "",
        name="denies",
    )
    describedAs = Property(
        "https://w3id.org/onrecord/ns#describedAs",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="describedAs",
    )
    designee = Property(
        "https://w3id.org/onrecord/ns#designee",
        "",
        name="designee",
    )
    disjointFrom = Property(
        "https://w3id.org/onrecord/ns#disjointFrom",
        "",
        name="disjointFrom",
    )
    during = Property(
        "https://w3id.org/onrecord/ns#during",
        "",
        name="during", single=True,
    )
    duringStatus = Property(
        "https://w3id.org/onrecord/ns#duringStatus",
        "",
        name="duringStatus", single=True,
    )
    earliest = Property(
        "https://w3id.org/onrecord/ns#earliest",
        "http://www.w3.org/2001/XMLSchema#date",
        name="earliest", single=True,
    )
    earliestBasis = Property(
        "https://w3id.org/onrecord/ns#earliestBasis",
        "",
        name="earliestBasis", single=True,
    )
    edtf = Property(
        "https://w3id.org/onrecord/ns#edtf",
        "http://id.loc.gov/datatypes/edtf/EDTF",
        name="edtf", single=True,
    )
    effect = Property(
        "https://w3id.org/onrecord/ns#effect",
        "",
        name="effect",
    )
    end = Property(
        "https://w3id.org/onrecord/ns#end",
        "",
        name="end", single=True,
    )
    entryOf = Property(
        "https://w3id.org/onrecord/ns#entryOf",
        "",
        name="entryOf",
    )
    evidence = Property(
        "https://w3id.org/onrecord/ns#evidence",
        "",
        name="evidence",
    )
    expires = Property(
        "https://w3id.org/onrecord/ns#expires",
        "http://www.w3.org/2001/XMLSchema#string",
        name="expires",
    )
    expresses = Property(
        "https://w3id.org/onrecord/ns#expresses",
        "",
        name="expresses",
    )
    figureOf = Property(
        "https://w3id.org/onrecord/ns#figureOf",
        "",
        name="figureOf",
    )
    file = Property(
        "https://w3id.org/onrecord/ns#file",
        "",
        name="file",
    )
    fileLength = Property(
        "https://w3id.org/onrecord/ns#fileLength",
        "http://www.w3.org/2001/XMLSchema#integer",
        name="fileLength", single=True,
    )
    fileName = Property(
        "https://w3id.org/onrecord/ns#fileName",
        "http://www.w3.org/2001/XMLSchema#string",
        name="fileName", single=True,
    )
    fileSha256 = Property(
        "https://w3id.org/onrecord/ns#fileSha256",
        "http://www.w3.org/2001/XMLSchema#string",
        name="fileSha256", single=True,
    )
    firstDay = Property(
        "https://w3id.org/onrecord/ns#firstDay",
        "http://www.w3.org/2001/XMLSchema#date",
        name="firstDay", single=True,
    )
    follows = Property(
        "https://w3id.org/onrecord/ns#follows",
        "",
        name="follows", single=True,
    )
    form = Property(
        "https://w3id.org/onrecord/ns#form",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="form", single=True,
    )
    gainedBy = Property(
        "https://w3id.org/onrecord/ns#gainedBy",
        "",
        name="gainedBy",
    )
    gender = Property(
        "https://w3id.org/onrecord/ns#gender",
        "http://www.w3.org/2001/XMLSchema#string",
        name="gender",
    )
    graphKind = Property(
        "https://w3id.org/onrecord/ns#graphKind",
        "",
        name="graphKind", single=True,
    )
    identityPaper = Property(
        "https://w3id.org/onrecord/ns#identityPaper",
        "",
        name="identityPaper",
    )
    isComplete = Property(
        "https://w3id.org/onrecord/ns#isComplete",
        "http://www.w3.org/2001/XMLSchema#boolean",
        name="isComplete", single=True,
    )
    issued = Property(
        "https://w3id.org/onrecord/ns#issued",
        "http://www.w3.org/2001/XMLSchema#string",
        name="issued",
    )
    issuedAt = Property(
        "https://w3id.org/onrecord/ns#issuedAt",
        "http://www.w3.org/2001/XMLSchema#string",
        name="issuedAt",
    )
    issuedIn = Property(
        "https://w3id.org/onrecord/ns#issuedIn",
        "http://www.w3.org/2001/XMLSchema#string",
        name="issuedIn",
    )
    jurisdiction = Property(
        "https://w3id.org/onrecord/ns#jurisdiction",
        "",
        name="jurisdiction", single=True,
    )
    kind = Property(
        "https://w3id.org/onrecord/ns#kind",
        "",
        name="kind", single=True,
    )
    knownByRole = Property(
        "https://w3id.org/onrecord/ns#knownByRole",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="knownByRole", single=True,
    )
    lastDay = Property(
        "https://w3id.org/onrecord/ns#lastDay",
        "http://www.w3.org/2001/XMLSchema#date",
        name="lastDay", single=True,
    )
    lastUpdated = Property(
        "https://w3id.org/onrecord/ns#lastUpdated",
        "http://id.loc.gov/datatypes/edtf/EDTF",
        name="lastUpdated",
    )
    lasted = Property(
        "https://w3id.org/onrecord/ns#lasted",
        "",
        name="lasted", single=True,
    )
    latest = Property(
        "https://w3id.org/onrecord/ns#latest",
        "http://www.w3.org/2001/XMLSchema#date",
        name="latest", single=True,
    )
    latestBasis = Property(
        "https://w3id.org/onrecord/ns#latestBasis",
        "",
        name="latestBasis", single=True,
    )
    legalBasis = Property(
        "https://w3id.org/onrecord/ns#legalBasis",
        "http://www.w3.org/2001/XMLSchema#string",
        name="legalBasis",
    )
    length = Property(
        "https://w3id.org/onrecord/ns#length",
        "",
        name="length", single=True,
    )
    link = Property(
        "https://w3id.org/onrecord/ns#link",
        "",
        name="link",
    )
    listReference = Property(
        "https://w3id.org/onrecord/ns#listReference",
        "http://www.w3.org/2001/XMLSchema#string",
        name="listReference", single=True,
    )
    listedPosition = Property(
        "https://w3id.org/onrecord/ns#listedPosition",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="listedPosition",
    )
    lostBy = Property(
        "https://w3id.org/onrecord/ns#lostBy",
        "",
        name="lostBy",
    )
    manner = Property(
        "https://w3id.org/onrecord/ns#manner",
        "",
        name="manner", single=True,
    )
    mayOverlap = Property(
        "https://w3id.org/onrecord/ns#mayOverlap",
        "",
        name="mayOverlap",
    )
    medium = Property(
        "https://w3id.org/onrecord/ns#medium",
        "",
        name="medium", single=True,
    )
    memberOf = Property(
        "https://w3id.org/onrecord/ns#memberOf",
        "",
        name="memberOf",
    )
    mentions = Property(
        "https://w3id.org/onrecord/ns#mentions",
        "",
        name="mentions", single=True,
    )
    mode = Property(
        "https://w3id.org/onrecord/ns#mode",
        "",
        name="mode",
    )
    nameForm = Property(
        "https://w3id.org/onrecord/ns#nameForm",
        "",
        name="nameForm",
    )
    nameTitle = Property(
        "https://w3id.org/onrecord/ns#nameTitle",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="nameTitle",
    )
    nationality = Property(
        "https://w3id.org/onrecord/ns#nationality",
        "http://www.w3.org/2001/XMLSchema#string",
        name="nationality",
    )
    note = Property(
        "https://w3id.org/onrecord/ns#note",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="note",
    )
    number = Property(
        "https://w3id.org/onrecord/ns#number",
        "",
        name="number", single=True,
    )
    onList = Property(
        "https://w3id.org/onrecord/ns#onList",
        "",
        name="onList", single=True,
    )
    outcome = Property(
        "https://w3id.org/onrecord/ns#outcome",
        "",
        name="outcome",
    )
    over = Property(
        "https://w3id.org/onrecord/ns#over",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="over", single=True,
    )
    paperKind = Property(
        "https://w3id.org/onrecord/ns#paperKind",
        "http://www.w3.org/2001/XMLSchema#string",
        name="paperKind", single=True,
    )
    paperNumber = Property(
        "https://w3id.org/onrecord/ns#paperNumber",
        "http://www.w3.org/2001/XMLSchema#string",
        name="paperNumber",
    )
    partOf = Property(
        "https://w3id.org/onrecord/ns#partOf",
        "",
        name="partOf",
    )
    partOfEvent = Property(
        "https://w3id.org/onrecord/ns#partOfEvent",
        "",
        name="partOfEvent", single=True,
    )
    participant = Property(
        "https://w3id.org/onrecord/ns#participant",
        "",
        name="participant", single=True,
    )
    participantRole = Property(
        "https://w3id.org/onrecord/ns#participantRole",
        "",
        name="participantRole", single=True,
    )
    participation = Property(
        "https://w3id.org/onrecord/ns#participation",
        "",
        name="participation",
    )
    particular = Property(
        "https://w3id.org/onrecord/ns#particular",
        "",
        name="particular",
    )
    particularName = Property(
        "https://w3id.org/onrecord/ns#particularName",
        "http://www.w3.org/2001/XMLSchema#string",
        name="particularName", single=True,
    )
    particularValue = Property(
        "https://w3id.org/onrecord/ns#particularValue",
        "http://www.w3.org/2001/XMLSchema#string",
        name="particularValue", single=True,
    )
    party = Property(
        "https://w3id.org/onrecord/ns#party",
        "",
        name="party",
    )
    place = Property(
        "https://w3id.org/onrecord/ns#place",
        "",
        name="place",
    )
    position = Property(
        "https://w3id.org/onrecord/ns#position",
        "http://www.w3.org/2001/XMLSchema#integer",
        name="position", single=True,
    )
    post = Property(
        "https://w3id.org/onrecord/ns#post",
        "",
        name="post", single=True,
    )
    postcode = Property(
        "https://w3id.org/onrecord/ns#postcode",
        "http://www.w3.org/2001/XMLSchema#string",
        name="postcode",
    )
    predicts = Property(
        "https://w3id.org/onrecord/ns#predicts",
        "",
        name="predicts",
    )
    programme = Property(
        "https://w3id.org/onrecord/ns#programme",
        "http://www.w3.org/2001/XMLSchema#string",
        name="programme",
    )
    prosecuted = Property(
        "https://w3id.org/onrecord/ns#prosecuted",
        "",
        name="prosecuted", single=True,
    )
    prosecutor = Property(
        "https://w3id.org/onrecord/ns#prosecutor",
        "",
        name="prosecutor", single=True,
    )
    published = Property(
        "https://w3id.org/onrecord/ns#published",
        "",
        name="published", single=True,
    )
    qualifier = Property(
        "https://w3id.org/onrecord/ns#qualifier",
        "",
        name="qualifier", single=True,
    )
    quality = Property(
        "https://w3id.org/onrecord/ns#quality",
        "",
        name="quality", single=True,
    )
    quotation = Property(
        "https://w3id.org/onrecord/ns#quotation",
        "",
        name="quotation",
    )
    readingOf = Property(
        "https://w3id.org/onrecord/ns#readingOf",
        "",
        name="readingOf", single=True,
    )
    reason = Property(
        "https://w3id.org/onrecord/ns#reason",
        "http://www.w3.org/2001/XMLSchema#string",
        name="reason", single=True,
    )
    recognized = Property(
        "https://w3id.org/onrecord/ns#recognized",
        "",
        name="recognized", single=True,
    )
    recognizer = Property(
        "https://w3id.org/onrecord/ns#recognizer",
        "",
        name="recognizer", single=True,
    )
    region = Property(
        "https://w3id.org/onrecord/ns#region",
        "http://www.w3.org/2001/XMLSchema#string",
        name="region",
    )
    relationOf = Property(
        "https://w3id.org/onrecord/ns#relationOf",
        "",
        name="relationOf", single=True,
    )
    remark = Property(
        "https://w3id.org/onrecord/ns#remark",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="remark",
    )
    roleName = Property(
        "https://w3id.org/onrecord/ns#roleName",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="roleName", single=True,
    )
    sentence = Property(
        "https://w3id.org/onrecord/ns#sentence",
        "",
        name="sentence",
    )
    servedIn = Property(
        "https://w3id.org/onrecord/ns#servedIn",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="servedIn", single=True,
    )
    side = Property(
        "https://w3id.org/onrecord/ns#side",
        "",
        name="side",
    )
    since = Property(
        "https://w3id.org/onrecord/ns#since",
        "http://www.w3.org/2001/XMLSchema#string",
        name="since", single=True,
    )
    snapshotOf = Property(
        "https://w3id.org/onrecord/ns#snapshotOf",
        "",
        name="snapshotOf", single=True,
    )
    speaker = Property(
        "https://w3id.org/onrecord/ns#speaker",
        "",
        name="speaker",
    )
    start = Property(
        "https://w3id.org/onrecord/ns#start",
        "",
        name="start", single=True,
    )
    state = Property(
        "https://w3id.org/onrecord/ns#state",
        "",
        name="state", single=True,
    )
    status = Property(
        "https://w3id.org/onrecord/ns#status",
        "",
        name="status", single=True,
    )
    statusIn = Property(
        "https://w3id.org/onrecord/ns#statusIn",
        "",
        name="statusIn",
    )
    statusOf = Property(
        "https://w3id.org/onrecord/ns#statusOf",
        "",
        name="statusOf",
    )
    statusOn = Property(
        "https://w3id.org/onrecord/ns#statusOn",
        "",
        name="statusOn",
    )
    street = Property(
        "https://w3id.org/onrecord/ns#street",
        "http://www.w3.org/2001/XMLSchema#string",
        name="street",
    )
    subsetOf = Property(
        "https://w3id.org/onrecord/ns#subsetOf",
        "",
        name="subsetOf",
    )
    supposes = Property(
        "https://w3id.org/onrecord/ns#supposes",
        "",
        name="supposes",
    )
    textLength = Property(
        "https://w3id.org/onrecord/ns#textLength",
        "http://www.w3.org/2001/XMLSchema#integer",
        name="textLength", single=True,
    )
    textSha256 = Property(
        "https://w3id.org/onrecord/ns#textSha256",
        "http://www.w3.org/2001/XMLSchema#string",
        name="textSha256", single=True,
    )
    through = Property(
        "https://w3id.org/onrecord/ns#through",
        "",
        name="through", single=True,
    )
    topic = Property(
        "https://w3id.org/onrecord/ns#topic",
        "",
        name="topic",
    )
    towards = Property(
        "https://w3id.org/onrecord/ns#towards",
        "",
        name="towards",
    )
    unit = Property(
        "https://w3id.org/onrecord/ns#unit",
        "",
        name="unit", single=True,
    )
    venue = Property(
        "https://w3id.org/onrecord/ns#venue",
        "",
        name="venue", single=True,
    )
    was = Property(
        "https://w3id.org/onrecord/ns#was",
        "http://www.w3.org/2001/XMLSchema#string",
        name="was",
    )
    when = Property(
        "https://w3id.org/onrecord/ns#when",
        "",
        name="when", single=True,
    )
    wholeAddress = Property(
        "https://w3id.org/onrecord/ns#wholeAddress",
        "http://www.w3.org/2001/XMLSchema#string",
        name="wholeAddress",
    )
    within = Property(
        "https://w3id.org/onrecord/ns#within",
        "",
        name="within",
    )


class org:
    """http://www.w3.org/ns/org#"""

    member = Property(
        "http://www.w3.org/ns/org#member",
        "",
        name="member", single=True,
    )
    organization = Property(
        "http://www.w3.org/ns/org#organization",
        "",
        name="organization", single=True,
    )
    postIn = Property(
        "http://www.w3.org/ns/org#postIn",
        "",
        name="postIn", single=True,
    )


class owl:
    """http://www.w3.org/2002/07/owl#"""

    differentFrom = Property(
        "http://www.w3.org/2002/07/owl#differentFrom",
        "",
        name="differentFrom",
    )
    sameAs = Property(
        "http://www.w3.org/2002/07/owl#sameAs",
        "",
        name="sameAs",
    )


class prov:
    """http://www.w3.org/ns/prov#"""

    agent = Property(
        "http://www.w3.org/ns/prov#agent",
        "",
        name="agent",
    )
    hadPrimarySource = Property(
        "http://www.w3.org/ns/prov#hadPrimarySource",
        "",
        name="hadPrimarySource", single=True,
    )
    wasAttributedTo = Property(
        "http://www.w3.org/ns/prov#wasAttributedTo",
        "",
        name="wasAttributedTo",
    )
    wasDerivedFrom = Property(
        "http://www.w3.org/ns/prov#wasDerivedFrom",
        "",
        name="wasDerivedFrom",
    )
    wasQuotedFrom = Property(
        "http://www.w3.org/ns/prov#wasQuotedFrom",
        "",
        name="wasQuotedFrom", single=True,
    )


class pso:
    """http://purl.org/spar/pso/"""

    isAcquiredAsConsequenceOf = Property(
        "http://purl.org/spar/pso/isAcquiredAsConsequenceOf",
        "",
        name="isAcquiredAsConsequenceOf", single=True,
    )
    isLostAsConsequenceOf = Property(
        "http://purl.org/spar/pso/isLostAsConsequenceOf",
        "",
        name="isLostAsConsequenceOf", single=True,
    )
    withStatus = Property(
        "http://purl.org/spar/pso/withStatus",
        "",
        name="withStatus", single=True,
    )


class rdfs:
    """http://www.w3.org/2000/01/rdf-schema#"""

    label = Property(
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="label",
    )


class schema:
    """https://schema.org/"""

    maxValue = Property(
        "https://schema.org/maxValue",
        "http://www.w3.org/2001/XMLSchema#decimal",
        name="maxValue", single=True,
    )
    minValue = Property(
        "https://schema.org/minValue",
        "http://www.w3.org/2001/XMLSchema#decimal",
        name="minValue", single=True,
    )
    url = Property(
        "https://schema.org/url",
        "",
        name="url", single=True,
    )
    value = Property(
        "https://schema.org/value",
        "http://www.w3.org/2001/XMLSchema#decimal",
        name="value", single=True,
    )


class sem:
    """http://semanticweb.cs.vu.nl/2009/11/sem/"""

    hasPlace = Property(
        "http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace",
        "",
        name="hasPlace",
    )
    subEventOf = Property(
        "http://semanticweb.cs.vu.nl/2009/11/sem/subEventOf",
        "",
        name="subEventOf", single=True,
    )


class skos:
    """http://www.w3.org/2004/02/skos/core#"""

    Concept = Class("http://www.w3.org/2004/02/skos/core#Concept")
    ConceptScheme = Class("http://www.w3.org/2004/02/skos/core#ConceptScheme")
    altLabel = Property(
        "http://www.w3.org/2004/02/skos/core#altLabel",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        name="altLabel",
    )
    closeMatch = Property(
        "http://www.w3.org/2004/02/skos/core#closeMatch",
        "",
        name="closeMatch",
    )



CONCEPTS: dict[str, dict[str, str]] = {
    "act-kind": {
        "delisting": "<https://w3id.org/onrecord/scheme/act-kind/delisting>",
        "law": "<https://w3id.org/onrecord/scheme/act-kind/law>",
        "lifting-of-a-ban": "<https://w3id.org/onrecord/scheme/act-kind/lifting-of-a-ban>",
        "listing": "<https://w3id.org/onrecord/scheme/act-kind/listing>",
        "policy-decision": "<https://w3id.org/onrecord/scheme/act-kind/policy-decision>",
        "recognition": "<https://w3id.org/onrecord/scheme/act-kind/recognition>",
        "ruling": "<https://w3id.org/onrecord/scheme/act-kind/ruling>",
        "suspension": "<https://w3id.org/onrecord/scheme/act-kind/suspension>",
    },
    "attitude": {
        "appreciates": "<https://w3id.org/onrecord/scheme/attitude/appreciates>",
        "approves": "<https://w3id.org/onrecord/scheme/attitude/approves>",
        "opposes": "<https://w3id.org/onrecord/scheme/attitude/opposes>",
        "uncertain": "<https://w3id.org/onrecord/scheme/attitude/uncertain>",
        "urges": "<https://w3id.org/onrecord/scheme/attitude/urges>",
        "welcomes": "<https://w3id.org/onrecord/scheme/attitude/welcomes>",
        "wonders": "<https://w3id.org/onrecord/scheme/attitude/wonders>",
    },
    "attribution-manner": {
        "carries": "<https://w3id.org/onrecord/scheme/attribution-manner/carries>",
        "own-voice": "<https://w3id.org/onrecord/scheme/attribution-manner/own-voice>",
        "paraphrases": "<https://w3id.org/onrecord/scheme/attribution-manner/paraphrases>",
        "quotes": "<https://w3id.org/onrecord/scheme/attribution-manner/quotes>",
        "quotes-in-part": "<https://w3id.org/onrecord/scheme/attribution-manner/quotes-in-part>",
        "reads": "<https://w3id.org/onrecord/scheme/attribution-manner/reads>",
        "relays": "<https://w3id.org/onrecord/scheme/attribution-manner/relays>",
        "reports": "<https://w3id.org/onrecord/scheme/attribution-manner/reports>",
        "speaks": "<https://w3id.org/onrecord/scheme/attribution-manner/speaks>",
    },
    "bound-basis": {
        "curated": "<https://w3id.org/onrecord/scheme/bound-basis/curated>",
        "derived": "<https://w3id.org/onrecord/scheme/bound-basis/derived>",
        "stated": "<https://w3id.org/onrecord/scheme/bound-basis/stated>",
    },
    "change-cause": {
        "curation": "<https://w3id.org/onrecord/scheme/change-cause/curation>",
        "source": "<https://w3id.org/onrecord/scheme/change-cause/source>",
        "world": "<https://w3id.org/onrecord/scheme/change-cause/world>",
    },
    "change-kind": {
        "added": "<https://w3id.org/onrecord/scheme/change-kind/added>",
        "changed": "<https://w3id.org/onrecord/scheme/change-kind/changed>",
        "removed": "<https://w3id.org/onrecord/scheme/change-kind/removed>",
    },
    "conflict-kind": {
        "date": "<https://w3id.org/onrecord/scheme/conflict-kind/date>",
        "figure": "<https://w3id.org/onrecord/scheme/conflict-kind/figure>",
        "interval": "<https://w3id.org/onrecord/scheme/conflict-kind/interval>",
        "role": "<https://w3id.org/onrecord/scheme/conflict-kind/role>",
    },
    "designation-kind": {
        "extremist-or-terrorist": "<https://w3id.org/onrecord/scheme/designation-kind/extremist-or-terrorist>",
        "extremist-organization": "<https://w3id.org/onrecord/scheme/designation-kind/extremist-organization>",
        "foreign-agent": "<https://w3id.org/onrecord/scheme/designation-kind/foreign-agent>",
        "sanctioned-party": "<https://w3id.org/onrecord/scheme/designation-kind/sanctioned-party>",
        "terrorist": "<https://w3id.org/onrecord/scheme/designation-kind/terrorist>",
        "terrorist-organization": "<https://w3id.org/onrecord/scheme/designation-kind/terrorist-organization>",
        "terrorist-party": "<https://w3id.org/onrecord/scheme/designation-kind/terrorist-party>",
        "undesirable-organization": "<https://w3id.org/onrecord/scheme/designation-kind/undesirable-organization>",
    },
    "event-kind": {
        "attack": "<https://w3id.org/onrecord/scheme/event-kind/attack>",
        "conference": "<https://w3id.org/onrecord/scheme/event-kind/conference>",
        "death": "<https://w3id.org/onrecord/scheme/event-kind/death>",
        "exile": "<https://w3id.org/onrecord/scheme/event-kind/exile>",
        "interview": "<https://w3id.org/onrecord/scheme/event-kind/interview>",
        "invasion": "<https://w3id.org/onrecord/scheme/event-kind/invasion>",
        "meeting": "<https://w3id.org/onrecord/scheme/event-kind/meeting>",
        "military-operation": "<https://w3id.org/onrecord/scheme/event-kind/military-operation>",
        "negotiation": "<https://w3id.org/onrecord/scheme/event-kind/negotiation>",
        "other": "<https://w3id.org/onrecord/scheme/event-kind/other>",
        "participation": "<https://w3id.org/onrecord/scheme/event-kind/participation>",
        "policy-change": "<https://w3id.org/onrecord/scheme/event-kind/policy-change>",
        "seizure-of-power": "<https://w3id.org/onrecord/scheme/event-kind/seizure-of-power>",
        "social-media-post": "<https://w3id.org/onrecord/scheme/event-kind/social-media-post>",
        "war": "<https://w3id.org/onrecord/scheme/event-kind/war>",
        "withdrawal": "<https://w3id.org/onrecord/scheme/event-kind/withdrawal>",
    },
    "graph-kind": {
        "asserted": "<https://w3id.org/onrecord/scheme/graph-kind/asserted>",
        "curated": "<https://w3id.org/onrecord/scheme/graph-kind/curated>",
        "inferred": "<https://w3id.org/onrecord/scheme/graph-kind/inferred>",
        "inferred-from-curated": "<https://w3id.org/onrecord/scheme/graph-kind/inferred-from-curated>",
        "metadata": "<https://w3id.org/onrecord/scheme/graph-kind/metadata>",
        "registry": "<https://w3id.org/onrecord/scheme/graph-kind/registry>",
    },
    "name-kind": {
        "also-known-as": "<https://w3id.org/onrecord/scheme/name-kind/also-known-as>",
        "formerly-known-as": "<https://w3id.org/onrecord/scheme/name-kind/formerly-known-as>",
        "name-part": "<https://w3id.org/onrecord/scheme/name-kind/name-part>",
        "now-known-as": "<https://w3id.org/onrecord/scheme/name-kind/now-known-as>",
        "original-script": "<https://w3id.org/onrecord/scheme/name-kind/original-script>",
    },
    "name-quality": {
        "good": "<https://w3id.org/onrecord/scheme/name-quality/good>",
        "low": "<https://w3id.org/onrecord/scheme/name-quality/low>",
    },
    "participant-role": {
        "author": "<https://w3id.org/onrecord/scheme/participant-role/author>",
        "beneficiary": "<https://w3id.org/onrecord/scheme/participant-role/beneficiary>",
        "counterpart": "<https://w3id.org/onrecord/scheme/participant-role/counterpart>",
        "deceased": "<https://w3id.org/onrecord/scheme/participant-role/deceased>",
        "delegation": "<https://w3id.org/onrecord/scheme/participant-role/delegation>",
        "host": "<https://w3id.org/onrecord/scheme/participant-role/host>",
        "interviewee": "<https://w3id.org/onrecord/scheme/participant-role/interviewee>",
        "interviewer": "<https://w3id.org/onrecord/scheme/participant-role/interviewer>",
        "participant": "<https://w3id.org/onrecord/scheme/participant-role/participant>",
        "perpetrator": "<https://w3id.org/onrecord/scheme/participant-role/perpetrator>",
        "target": "<https://w3id.org/onrecord/scheme/participant-role/target>",
        "victim": "<https://w3id.org/onrecord/scheme/participant-role/victim>",
    },
    "place-kind": {
        "city": "<https://w3id.org/onrecord/scheme/place-kind/city>",
        "country": "<https://w3id.org/onrecord/scheme/place-kind/country>",
        "region": "<https://w3id.org/onrecord/scheme/place-kind/region>",
        "venue": "<https://w3id.org/onrecord/scheme/place-kind/venue>",
    },
    "prosecution-outcome": {
        "acquitted": "<https://w3id.org/onrecord/scheme/prosecution-outcome/acquitted>",
        "charged": "<https://w3id.org/onrecord/scheme/prosecution-outcome/charged>",
        "convicted": "<https://w3id.org/onrecord/scheme/prosecution-outcome/convicted>",
        "penalized": "<https://w3id.org/onrecord/scheme/prosecution-outcome/penalized>",
    },
    "qualifier": {
        "about": "<https://w3id.org/onrecord/scheme/qualifier/about>",
        "almost": "<https://w3id.org/onrecord/scheme/qualifier/almost>",
        "at-least": "<https://w3id.org/onrecord/scheme/qualifier/at-least>",
        "at-most": "<https://w3id.org/onrecord/scheme/qualifier/at-most>",
        "exactly": "<https://w3id.org/onrecord/scheme/qualifier/exactly>",
        "vague": "<https://w3id.org/onrecord/scheme/qualifier/vague>",
    },
    "recognition-kind": {
        "diplomatic-relations": "<https://w3id.org/onrecord/scheme/recognition-kind/diplomatic-relations>",
        "formal-recognition": "<https://w3id.org/onrecord/scheme/recognition-kind/formal-recognition>",
        "political-legitimacy": "<https://w3id.org/onrecord/scheme/recognition-kind/political-legitimacy>",
    },
    "relation-kind": {
        "alleged-link": "<https://w3id.org/onrecord/scheme/relation-kind/alleged-link>",
        "alliance": "<https://w3id.org/onrecord/scheme/relation-kind/alliance>",
        "association": "<https://w3id.org/onrecord/scheme/relation-kind/association>",
        "challenge": "<https://w3id.org/onrecord/scheme/relation-kind/challenge>",
        "combat": "<https://w3id.org/onrecord/scheme/relation-kind/combat>",
        "confrontation": "<https://w3id.org/onrecord/scheme/relation-kind/confrontation>",
        "control": "<https://w3id.org/onrecord/scheme/relation-kind/control>",
        "cooperation": "<https://w3id.org/onrecord/scheme/relation-kind/cooperation>",
        "diplomatic-relations": "<https://w3id.org/onrecord/scheme/relation-kind/diplomatic-relations>",
        "economic-relations": "<https://w3id.org/onrecord/scheme/relation-kind/economic-relations>",
        "engagement": "<https://w3id.org/onrecord/scheme/relation-kind/engagement>",
        "family": "<https://w3id.org/onrecord/scheme/relation-kind/family>",
        "location": "<https://w3id.org/onrecord/scheme/relation-kind/location>",
        "membership": "<https://w3id.org/onrecord/scheme/relation-kind/membership>",
        "normalization": "<https://w3id.org/onrecord/scheme/relation-kind/normalization>",
        "pivot": "<https://w3id.org/onrecord/scheme/relation-kind/pivot>",
        "pragmatic-relations": "<https://w3id.org/onrecord/scheme/relation-kind/pragmatic-relations>",
        "solidarity": "<https://w3id.org/onrecord/scheme/relation-kind/solidarity>",
        "strain": "<https://w3id.org/onrecord/scheme/relation-kind/strain>",
        "support": "<https://w3id.org/onrecord/scheme/relation-kind/support>",
    },
    "sentence-kind": {
        "detention": "<https://w3id.org/onrecord/scheme/sentence-kind/detention>",
        "fine": "<https://w3id.org/onrecord/scheme/sentence-kind/fine>",
        "imprisonment": "<https://w3id.org/onrecord/scheme/sentence-kind/imprisonment>",
        "unspecified-penalty": "<https://w3id.org/onrecord/scheme/sentence-kind/unspecified-penalty>",
    },
    "statement-mode": {
        "direct": "<https://w3id.org/onrecord/scheme/statement-mode/direct>",
        "own-voice": "<https://w3id.org/onrecord/scheme/statement-mode/own-voice>",
        "paraphrase": "<https://w3id.org/onrecord/scheme/statement-mode/paraphrase>",
        "partial": "<https://w3id.org/onrecord/scheme/statement-mode/partial>",
        "prediction": "<https://w3id.org/onrecord/scheme/statement-mode/prediction>",
        "question": "<https://w3id.org/onrecord/scheme/statement-mode/question>",
        "speculation": "<https://w3id.org/onrecord/scheme/statement-mode/speculation>",
    },
    "status": {
        "listed": "<https://w3id.org/onrecord/scheme/status/listed>",
        "not-listed": "<https://w3id.org/onrecord/scheme/status/not-listed>",
        "sources-disagree": "<https://w3id.org/onrecord/scheme/status/sources-disagree>",
        "uncertain": "<https://w3id.org/onrecord/scheme/status/uncertain>",
    },
    "unit": {
        "case": "<https://w3id.org/onrecord/scheme/unit/case>",
        "day": "<https://w3id.org/onrecord/scheme/unit/day>",
        "death": "<https://w3id.org/onrecord/scheme/unit/death>",
        "event": "<https://w3id.org/onrecord/scheme/unit/event>",
        "month": "<https://w3id.org/onrecord/scheme/unit/month>",
        "organization": "<https://w3id.org/onrecord/scheme/unit/organization>",
        "person": "<https://w3id.org/onrecord/scheme/unit/person>",
        "post": "<https://w3id.org/onrecord/scheme/unit/post>",
        "year": "<https://w3id.org/onrecord/scheme/unit/year>",
    },
    "venue": {
        "article": "<https://w3id.org/onrecord/scheme/venue/article>",
        "comments-to-media": "<https://w3id.org/onrecord/scheme/venue/comments-to-media>",
        "conversation": "<https://w3id.org/onrecord/scheme/venue/conversation>",
        "court": "<https://w3id.org/onrecord/scheme/venue/court>",
        "interview": "<https://w3id.org/onrecord/scheme/venue/interview>",
        "official-statement": "<https://w3id.org/onrecord/scheme/venue/official-statement>",
        "post": "<https://w3id.org/onrecord/scheme/venue/post>",
    },
}
"""The concepts of each scheme (N-Triples terms) by the words that facts files use for them."""

KINDS: dict[str, dict[str, Class]] = {
    "Designee": {
        "agent": onr.Agent,
        "aircraft": onr.Aircraft,
        "alliance": onr.Alliance,
        "armed-group": onr.ArmedGroup,
        "company": onr.Company,
        "court": onr.Court,
        "designee": onr.Designee,
        "forum": onr.Forum,
        "foundation": onr.Foundation,
        "government-body": onr.GovernmentBody,
        "ministry": onr.Ministry,
        "news-outlet": onr.NewsOutlet,
        "organization": onr.Organization,
        "organization-group": onr.OrganizationGroup,
        "person": onr.Person,
        "person-group": onr.PersonGroup,
        "platform": onr.Platform,
        "political-party": onr.PoliticalParty,
        "state": onr.State,
        "vessel": onr.Vessel,
    },
    "Organization": {
        "alliance": onr.Alliance,
        "armed-group": onr.ArmedGroup,
        "company": onr.Company,
        "court": onr.Court,
        "forum": onr.Forum,
        "foundation": onr.Foundation,
        "government-body": onr.GovernmentBody,
        "ministry": onr.Ministry,
        "news-outlet": onr.NewsOutlet,
        "organization": onr.Organization,
        "organization-group": onr.OrganizationGroup,
        "platform": onr.Platform,
        "political-party": onr.PoliticalParty,
        "state": onr.State,
    },
    "Source": {
        "article": onr.Article,
        "list-snapshot": onr.ListSnapshot,
        "source": onr.Source,
    },
}
"""The kinds of organizations and of sources by the words that facts files use for them."""

DEFINITIONS: dict[str, str] = {
    'https://w3id.org/onrecord/scheme/act-kind/delisting': 'Taking somebody off a list, or ending a designation.',
    'https://w3id.org/onrecord/scheme/act-kind/law': 'The passing of a law.',
    'https://w3id.org/onrecord/scheme/act-kind/lifting-of-a-ban': 'Ending a ban on somebody or on their activities.',
    'https://w3id.org/onrecord/scheme/act-kind/listing': 'Putting somebody on a list, or designating them.',
    'https://w3id.org/onrecord/scheme/act-kind/policy-decision': 'A decision of an executive.',
    'https://w3id.org/onrecord/scheme/act-kind/recognition': 'An act of recognition.',
    'https://w3id.org/onrecord/scheme/act-kind/ruling': 'A decision of a court.',
    'https://w3id.org/onrecord/scheme/act-kind/suspension': 'Suspending a designation or a ban.',
    'https://w3id.org/onrecord/scheme/attitude/appreciates': 'The speaker expresses appreciation.',
    'https://w3id.org/onrecord/scheme/attitude/approves': 'The speaker judges something to be good or useful.',
    'https://w3id.org/onrecord/scheme/attitude/opposes': 'The speaker is against something.',
    'https://w3id.org/onrecord/scheme/attitude/uncertain': 'The speaker holds something to be uncertain.',
    'https://w3id.org/onrecord/scheme/attitude/urges': 'The speaker calls for something.',
    'https://w3id.org/onrecord/scheme/attitude/welcomes': 'The speaker welcomes something.',
    'https://w3id.org/onrecord/scheme/attitude/wonders': 'The speaker wonders.',
    'https://w3id.org/onrecord/scheme/attribution-manner/carries': 'A platform or outlet on which the next link publishes its own words.',
    'https://w3id.org/onrecord/scheme/attribution-manner/own-voice': 'It says so itself.',
    'https://w3id.org/onrecord/scheme/attribution-manner/paraphrases': "It gives the next link's content in its own words.",
    'https://w3id.org/onrecord/scheme/attribution-manner/quotes': 'It quotes the next link.',
    'https://w3id.org/onrecord/scheme/attribution-manner/quotes-in-part': 'It quotes some words of the next link.',
    'https://w3id.org/onrecord/scheme/attribution-manner/reads': 'A curator who adds a reading of what comes from the next link.',
    'https://w3id.org/onrecord/scheme/attribution-manner/relays': 'It passes on what the next link reports.',
    'https://w3id.org/onrecord/scheme/attribution-manner/reports': 'It is the first to report, as far as the chain goes.',
    'https://w3id.org/onrecord/scheme/attribution-manner/speaks': 'It is the first speaker.',
    'https://w3id.org/onrecord/scheme/bound-basis/curated': 'A curator adds it.',
    'https://w3id.org/onrecord/scheme/bound-basis/derived': 'It follows from the date that the source gives, as EDTF defines it.',
    'https://w3id.org/onrecord/scheme/bound-basis/stated': 'The source states it.',
    'https://w3id.org/onrecord/scheme/change-cause/curation': 'The curators: they read the same text otherwise, add something else, or no longer have the source.',
    'https://w3id.org/onrecord/scheme/change-cause/source': 'The text of the source is another one, by its SHA-256.',
    'https://w3id.org/onrecord/scheme/change-cause/world': 'A source that the earlier release did not have says it.',
    'https://w3id.org/onrecord/scheme/change-kind/added': 'The later release has it, the earlier one does not.',
    'https://w3id.org/onrecord/scheme/change-kind/changed': 'Both have it, and say other things of it.',
    'https://w3id.org/onrecord/scheme/change-kind/removed': 'The earlier release has it, the later one does not.',
    'https://w3id.org/onrecord/scheme/conflict-kind/date': 'When something happened.',
    'https://w3id.org/onrecord/scheme/conflict-kind/figure': 'How many.',
    'https://w3id.org/onrecord/scheme/conflict-kind/interval': 'When a designation began, ended, or held.',
    'https://w3id.org/onrecord/scheme/conflict-kind/role': 'Who held a post, or in which role somebody took part.',
    'https://w3id.org/onrecord/scheme/designation-kind/extremist-or-terrorist': 'Somebody entered on a list that holds extremists and terrorists together, and does not say which.',
    'https://w3id.org/onrecord/scheme/designation-kind/extremist-organization': 'An organization designated as extremist.',
    'https://w3id.org/onrecord/scheme/designation-kind/foreign-agent': 'Somebody designated as a foreign agent.',
    'https://w3id.org/onrecord/scheme/designation-kind/sanctioned-party': 'Somebody under sanctions.',
    'https://w3id.org/onrecord/scheme/designation-kind/terrorist': 'A person designated as a terrorist.',
    'https://w3id.org/onrecord/scheme/designation-kind/terrorist-organization': 'An organization designated as terrorist.',
    'https://w3id.org/onrecord/scheme/designation-kind/terrorist-party': 'Somebody called or designated a terrorist, where the source leaves open whether as a person or an organization.',
    'https://w3id.org/onrecord/scheme/designation-kind/undesirable-organization': 'An organization designated as undesirable.',
    'https://w3id.org/onrecord/scheme/event-kind/attack': 'An attack on people or things.',
    'https://w3id.org/onrecord/scheme/event-kind/conference': 'A conference.',
    'https://w3id.org/onrecord/scheme/event-kind/death': 'A death.',
    'https://w3id.org/onrecord/scheme/event-kind/exile': 'Going into or being in exile.',
    'https://w3id.org/onrecord/scheme/event-kind/interview': 'An interview.',
    'https://w3id.org/onrecord/scheme/event-kind/invasion': 'An invasion of a country.',
    'https://w3id.org/onrecord/scheme/event-kind/meeting': 'A meeting or talks.',
    'https://w3id.org/onrecord/scheme/event-kind/military-operation': 'Military actions.',
    'https://w3id.org/onrecord/scheme/event-kind/negotiation': 'Negotiations.',
    'https://w3id.org/onrecord/scheme/event-kind/other': 'An event of another kind.',
    'https://w3id.org/onrecord/scheme/event-kind/participation': 'Taking part in a conference.',
    'https://w3id.org/onrecord/scheme/event-kind/policy-change': 'A change of policy.',
    'https://w3id.org/onrecord/scheme/event-kind/seizure-of-power': 'Gaining or regaining control of a country.',
    'https://w3id.org/onrecord/scheme/event-kind/social-media-post': 'A post on a social medium.',
    'https://w3id.org/onrecord/scheme/event-kind/war': 'A war.',
    'https://w3id.org/onrecord/scheme/event-kind/withdrawal': 'A withdrawal of forces.',
    'https://w3id.org/onrecord/scheme/graph-kind/asserted': 'What a source says.',
    'https://w3id.org/onrecord/scheme/graph-kind/curated': 'What curators added.',
    'https://w3id.org/onrecord/scheme/graph-kind/inferred': 'What follows from asserted facts by the rules.',
    'https://w3id.org/onrecord/scheme/graph-kind/inferred-from-curated': 'What follows only if curated facts are taken in.',
    'https://w3id.org/onrecord/scheme/graph-kind/metadata': 'What is said of the dataset itself.',
    'https://w3id.org/onrecord/scheme/graph-kind/registry': 'What the curators say of who and what the sources speak of: kinds and names.',
    'https://w3id.org/onrecord/scheme/name-kind/also-known-as': 'Another name that is or was in use.',
    'https://w3id.org/onrecord/scheme/name-kind/formerly-known-as': 'A name that was in use before.',
    'https://w3id.org/onrecord/scheme/name-kind/name-part': 'A first name, family name or other part of the name.',
    'https://w3id.org/onrecord/scheme/name-kind/now-known-as': 'The name that is in use now.',
    'https://w3id.org/onrecord/scheme/name-kind/original-script': 'The name in the script of its language.',
    'https://w3id.org/onrecord/scheme/name-quality/good': 'It identifies well.',
    'https://w3id.org/onrecord/scheme/name-quality/low': 'It identifies badly: many others have it.',
    'https://w3id.org/onrecord/scheme/participant-role/author': 'Wrote it.',
    'https://w3id.org/onrecord/scheme/participant-role/beneficiary': 'Gains by it.',
    'https://w3id.org/onrecord/scheme/participant-role/counterpart': 'Meets the other party.',
    'https://w3id.org/onrecord/scheme/participant-role/deceased': 'Died.',
    'https://w3id.org/onrecord/scheme/participant-role/delegation': 'Takes part through a delegation.',
    'https://w3id.org/onrecord/scheme/participant-role/host': 'Holds the event.',
    'https://w3id.org/onrecord/scheme/participant-role/interviewee': 'Answers.',
    'https://w3id.org/onrecord/scheme/participant-role/interviewer': 'Asks.',
    'https://w3id.org/onrecord/scheme/participant-role/participant': 'Takes part.',
    'https://w3id.org/onrecord/scheme/participant-role/perpetrator': 'Does it.',
    'https://w3id.org/onrecord/scheme/participant-role/target': 'Is its target.',
    'https://w3id.org/onrecord/scheme/participant-role/victim': 'Suffers it.',
    'https://w3id.org/onrecord/scheme/place-kind/city': 'A city or town.',
    'https://w3id.org/onrecord/scheme/place-kind/country': 'A country.',
    'https://w3id.org/onrecord/scheme/place-kind/region': 'A region within a state or across states.',
    'https://w3id.org/onrecord/scheme/place-kind/venue': 'A building or site.',
    'https://w3id.org/onrecord/scheme/prosecution-outcome/acquitted': 'An acquittal.',
    'https://w3id.org/onrecord/scheme/prosecution-outcome/charged': 'Charges were brought.',
    'https://w3id.org/onrecord/scheme/prosecution-outcome/convicted': 'A conviction.',
    'https://w3id.org/onrecord/scheme/prosecution-outcome/penalized': 'A penalty was imposed.',
    'https://w3id.org/onrecord/scheme/qualifier/about': 'The number is approximate.',
    'https://w3id.org/onrecord/scheme/qualifier/almost': 'The number is approached from below, and not reached.',
    'https://w3id.org/onrecord/scheme/qualifier/at-least': 'The number is a lower bound.',
    'https://w3id.org/onrecord/scheme/qualifier/at-most': 'The number is an upper bound.',
    'https://w3id.org/onrecord/scheme/qualifier/exactly': 'The number is given without a qualifier.',
    'https://w3id.org/onrecord/scheme/qualifier/vague': 'No number is given.',
    'https://w3id.org/onrecord/scheme/recognition-kind/diplomatic-relations': 'Recognition by diplomatic relations.',
    'https://w3id.org/onrecord/scheme/recognition-kind/formal-recognition': 'Recognition of a government by a state.',
    'https://w3id.org/onrecord/scheme/recognition-kind/political-legitimacy': 'Acceptance as politically legitimate.',
    'https://w3id.org/onrecord/scheme/relation-kind/alleged-link': 'A link that is purported or suspected, and not said to exist.',
    'https://w3id.org/onrecord/scheme/relation-kind/alliance': 'Being allies or partners.',
    'https://w3id.org/onrecord/scheme/relation-kind/association': "Belonging to somebody's circle.",
    'https://w3id.org/onrecord/scheme/relation-kind/challenge': "Challenging somebody's influence.",
    'https://w3id.org/onrecord/scheme/relation-kind/combat': 'Fighting somebody.',
    'https://w3id.org/onrecord/scheme/relation-kind/confrontation': 'Standing against each other.',
    'https://w3id.org/onrecord/scheme/relation-kind/control': 'Controlling a country or body.',
    'https://w3id.org/onrecord/scheme/relation-kind/cooperation': 'Working together.',
    'https://w3id.org/onrecord/scheme/relation-kind/diplomatic-relations': 'Diplomatic relations.',
    'https://w3id.org/onrecord/scheme/relation-kind/economic-relations': 'Economic relations.',
    'https://w3id.org/onrecord/scheme/relation-kind/engagement': 'Engaging or working with somebody in politics.',
    'https://w3id.org/onrecord/scheme/relation-kind/family': 'Being related.',
    'https://w3id.org/onrecord/scheme/relation-kind/location': 'Being a part of a region, as a matter of geography or politics.',
    'https://w3id.org/onrecord/scheme/relation-kind/membership': 'Belonging to an organization.',
    'https://w3id.org/onrecord/scheme/relation-kind/normalization': 'Moving towards normal relations.',
    'https://w3id.org/onrecord/scheme/relation-kind/pivot': 'Turning towards new partners.',
    'https://w3id.org/onrecord/scheme/relation-kind/pragmatic-relations': 'Dealing with each other for practical reasons.',
    'https://w3id.org/onrecord/scheme/relation-kind/solidarity': 'Showing solidarity.',
    'https://w3id.org/onrecord/scheme/relation-kind/strain': 'Relations under strain.',
    'https://w3id.org/onrecord/scheme/relation-kind/support': 'Supporting somebody.',
    'https://w3id.org/onrecord/scheme/sentence-kind/detention': 'A short detention under administrative law.',
    'https://w3id.org/onrecord/scheme/sentence-kind/fine': 'A fine.',
    'https://w3id.org/onrecord/scheme/sentence-kind/imprisonment': 'A prison sentence.',
    'https://w3id.org/onrecord/scheme/sentence-kind/unspecified-penalty': 'A penalty of a kind that the source leaves open.',
    'https://w3id.org/onrecord/scheme/statement-mode/direct': 'The words are quoted, as a whole sentence or more.',
    'https://w3id.org/onrecord/scheme/statement-mode/own-voice': 'The source speaks itself.',
    'https://w3id.org/onrecord/scheme/statement-mode/paraphrase': 'The source gives the content in words of its own.',
    'https://w3id.org/onrecord/scheme/statement-mode/partial': 'Some of the words are quoted inside a sentence of the source.',
    'https://w3id.org/onrecord/scheme/statement-mode/prediction': 'The words expect, and assert nothing about what is.',
    'https://w3id.org/onrecord/scheme/statement-mode/question': 'The words ask, and assert nothing.',
    'https://w3id.org/onrecord/scheme/statement-mode/speculation': 'The words consider what may be, and assert nothing.',
    'https://w3id.org/onrecord/scheme/status/listed': 'On the list, or designated.',
    'https://w3id.org/onrecord/scheme/status/not-listed': 'Not on the list, or not designated: there is evidence of absence.',
    'https://w3id.org/onrecord/scheme/status/sources-disagree': 'One source says so, another says otherwise.',
    'https://w3id.org/onrecord/scheme/status/uncertain': 'It lies within bounds that the sources leave open.',
    'https://w3id.org/onrecord/scheme/unit/case': 'Cases before a court.',
    'https://w3id.org/onrecord/scheme/unit/day': 'Days.',
    'https://w3id.org/onrecord/scheme/unit/death': 'Persons who died.',
    'https://w3id.org/onrecord/scheme/unit/event': 'Events.',
    'https://w3id.org/onrecord/scheme/unit/month': 'Months.',
    'https://w3id.org/onrecord/scheme/unit/organization': 'Organizations.',
    'https://w3id.org/onrecord/scheme/unit/person': 'Persons.',
    'https://w3id.org/onrecord/scheme/unit/post': 'Posts on a social medium.',
    'https://w3id.org/onrecord/scheme/unit/year': 'Years.',
    'https://w3id.org/onrecord/scheme/venue/article': 'A text of the source itself.',
    'https://w3id.org/onrecord/scheme/venue/comments-to-media': 'Comments made to the media.',
    'https://w3id.org/onrecord/scheme/venue/conversation': 'Words told to a journalist.',
    'https://w3id.org/onrecord/scheme/venue/court': 'A court.',
    'https://w3id.org/onrecord/scheme/venue/interview': 'An interview.',
    'https://w3id.org/onrecord/scheme/venue/official-statement': 'A statement of an authority or party.',
    'https://w3id.org/onrecord/scheme/venue/post': 'A post on a platform.',
    'https://w3id.org/onrecord/ns#Act': 'An official act: a listing, a delisting, a ruling, a recognition.',
    'https://w3id.org/onrecord/ns#Address': 'An address or place of birth, as far as a list has its parts.',
    'https://w3id.org/onrecord/ns#Agent': 'Somebody who can act, speak or be designated: a person, a group of persons or an organization.',
    'https://w3id.org/onrecord/ns#Aircraft': 'An aeroplane or helicopter.',
    'https://w3id.org/onrecord/ns#Alliance': 'An organization or bloc of states.',
    'https://w3id.org/onrecord/ns#Amount': 'A number with its qualifier and unit, or a quantity that the source gives no number for.',
    'https://w3id.org/onrecord/ns#ArmedGroup': "A group that fights or has fought with arms and is no state's army.",
    'https://w3id.org/onrecord/ns#Article': 'A news article.',
    'https://w3id.org/onrecord/ns#AttributionChain': 'On whose word a fact reaches us, link by link, from the publishing site (or the curator who reads it) down to the first speaker.',
    'https://w3id.org/onrecord/ns#AttributionLink': 'One link of a chain of attribution.',
    'https://w3id.org/onrecord/ns#Change': 'What is not the same of one fact, entity or source in two releases of a dataset. It is said of the dataset, not of the world.',
    'https://w3id.org/onrecord/ns#ClaimedDesignation': 'A designation that a party concerned says it holds, alone or along with others. It answers the question for such claims, never the question for status on record.',
    'https://w3id.org/onrecord/ns#Company': 'A commercial company.',
    'https://w3id.org/onrecord/ns#Conflict': 'Two or more facts that cannot all be so. All of them stay.',
    'https://w3id.org/onrecord/ns#Court': 'A court of law.',
    'https://w3id.org/onrecord/ns#Curation': 'What a curator adds and no source says, with the reason.',
    'https://w3id.org/onrecord/ns#Designation': 'Being on record as a terrorist, extremist or sanctioned party: a status that somebody holds under some jurisdiction from one time to another.',
    'https://w3id.org/onrecord/ns#DesignationContent': 'What a designation consists of, whether it is on record or just spoken of.',
    'https://w3id.org/onrecord/ns#DesignationList': 'An official list on which organizations or persons are entered. Two lists of one state are two lists.',
    'https://w3id.org/onrecord/ns#DesignationProposition': 'A designation that a statement asserts, denies, asks about or predicts. Nothing is on record by it.',
    'https://w3id.org/onrecord/ns#Designee': 'Somebody or something that can be put on a list: an agent, a vessel, an aircraft.',
    'https://w3id.org/onrecord/ns#Event': "Something that happened, or a series of such things, by a source's word.",
    'https://w3id.org/onrecord/ns#EventContent': "What an event consists of, whether it happened by a source's word or is just spoken of.",
    'https://w3id.org/onrecord/ns#EventProposition': 'An event that a statement asserts, denies, asks about or predicts. That it happened is not said.',
    'https://w3id.org/onrecord/ns#Evidence': 'Exact words of a source that facts rest on.',
    'https://w3id.org/onrecord/ns#Fact': 'What a source says and the graph states on its word: it has exact words, a source and a chain of attribution.',
    'https://w3id.org/onrecord/ns#FactGraph': 'A named graph of the dataset: what one source says, what follows from it, or what curators added.',
    'https://w3id.org/onrecord/ns#Figure': 'A count or measure that a source gives.',
    'https://w3id.org/onrecord/ns#File': 'One of the files that a source came in, beside its text.',
    'https://w3id.org/onrecord/ns#Forum': 'A conference that is held again and again under one name. Its single meetings are events.',
    'https://w3id.org/onrecord/ns#Foundation': 'A foundation or other non-commercial body.',
    'https://w3id.org/onrecord/ns#GovernmentBody': 'A government, administration or authority of a state.',
    'https://w3id.org/onrecord/ns#IdentityPaper': "A passport, a tax number, a ship's number: what a list has to identify somebody or something by.",
    'https://w3id.org/onrecord/ns#LegalEffect': 'What a designation restricts or entails.',
    'https://w3id.org/onrecord/ns#ListSnapshot': 'An official list as it was on one day. Where it is complete, it is evidence for that day of who was on the list, and of who was not.',
    'https://w3id.org/onrecord/ns#Mention': 'How a source names or describes somebody or something.',
    'https://w3id.org/onrecord/ns#Ministry': 'A ministry of a state.',
    'https://w3id.org/onrecord/ns#NameForm': 'A name as a list gives it, with its kind and quality.',
    'https://w3id.org/onrecord/ns#NewsOutlet': 'A newspaper, agency, broadcaster or news site.',
    'https://w3id.org/onrecord/ns#Organization': 'A body of people that acts under a name of its own.',
    'https://w3id.org/onrecord/ns#OrganizationGroup': 'Several organizations or states that a source speaks of together and need not name: traditional allies, Russian media.',
    'https://w3id.org/onrecord/ns#Participation': "Somebody's part in an event.",
    'https://w3id.org/onrecord/ns#Particular': 'Something that a list says of an entry and that has no property of its own here.',
    'https://w3id.org/onrecord/ns#Person': 'One human being, named or not. A person who is known by role only, or anonymous, is a node of their own and is never merged with another by guess.',
    'https://w3id.org/onrecord/ns#PersonGroup': 'Several persons that a source speaks of together and need not name: experts, four journalists.',
    'https://w3id.org/onrecord/ns#Place': 'A country, city or region.',
    'https://w3id.org/onrecord/ns#Platform': 'A service on which people publish and send messages.',
    'https://w3id.org/onrecord/ns#PoliticalParty': 'A party or political movement.',
    'https://w3id.org/onrecord/ns#Post': 'An office that persons hold one after the other.',
    'https://w3id.org/onrecord/ns#Proposition': 'The content of a statement: what somebody asserts, denies, asks, predicts or supposes. It is not a fact of the graph.',
    'https://w3id.org/onrecord/ns#Prosecution': 'Being charged, tried or convicted.',
    'https://w3id.org/onrecord/ns#Recognition': 'Recognizing a party as a government or as legitimate, on record.',
    'https://w3id.org/onrecord/ns#RecognitionContent': 'What a recognition consists of, whether it is on record or just spoken of.',
    'https://w3id.org/onrecord/ns#RecognitionProposition': 'A recognition that a statement asserts, denies, asks about or predicts. Nobody is recognized by it.',
    'https://w3id.org/onrecord/ns#Relation': "How two parties stood to each other over a time, by a source's word.",
    'https://w3id.org/onrecord/ns#RelationContent': 'What a relation between parties consists of, whether it is stated as fact or just spoken of.',
    'https://w3id.org/onrecord/ns#RelationProposition': 'A relation that a statement asserts, denies, asks about or predicts. That it held is not said.',
    'https://w3id.org/onrecord/ns#Sentence': 'A punishment.',
    'https://w3id.org/onrecord/ns#Source': 'A text that facts come from.',
    'https://w3id.org/onrecord/ns#State': 'A state: an actor, a jurisdiction and a place at once, as the news speaks of it.',
    'https://w3id.org/onrecord/ns#Statement': "Somebody's words or thoughts as a source reports them.",
    'https://w3id.org/onrecord/ns#StatementContent': 'What a statement consists of, whether it is reported by the source or by somebody in it.',
    'https://w3id.org/onrecord/ns#StatementProposition': 'A statement that another statement reports, denies or expects.',
    'https://w3id.org/onrecord/ns#StatusPeriod': 'What the sources together say of the status of somebody on one list, or under one jurisdiction, on every day from one to another. It follows from designations, acts and list snapshots, and is never asserted.',
    'https://w3id.org/onrecord/ns#Tenure': "A person's holding of a post, or of a role that has no post of its own.",
    'https://w3id.org/onrecord/ns#TextProposition': 'A proposition that is kept in words, having no structure of its own in this vocabulary.',
    'https://w3id.org/onrecord/ns#VagueTime': "A time as vague as its source leaves it: in the source's words, in EDTF where EDTF can say it, and between an earliest and a latest day where they follow.",
    'https://w3id.org/onrecord/ns#Vessel': 'A ship or boat.',
}
"""What concepts and classes mean, for editors and listings, by their IRIs."""

PREFIXES: dict[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "ftm": "https://schema.followthemoney.tech/#",
    "loc-edtf": "http://id.loc.gov/datatypes/edtf/",
    "oa": "http://www.w3.org/ns/oa#",
    "onr": "https://w3id.org/onrecord/ns#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "pso": "http://purl.org/spar/pso/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes of the vocabularies that the data uses."""
