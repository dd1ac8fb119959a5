import type { components } from './schema';

type Schemas = components['schemas'];

export type Job = Schemas['JobView'];
export type JobDetail = Schemas['JobDetail'];
export type JobList = Schemas['JobList'];
export type JobRequest = Schemas['JobRequest'];
export type JobState = Schemas['JobState'];
export type BatchAccepted = Schemas['BatchAccepted'];
export type Changes = Schemas['Changes'];
export type Counts = Schemas['CountsView'];
export type Live = Schemas['LiveView'];
export type Problem = Schemas['ProblemView'];
export type LinkInfo = Schemas['LinkView'];
export type Inspection = Schemas['Inspection'];
export type ModelFolder = Schemas['RootView'];
export type Analysis = Schemas['Analysis'];
export type AnalyzeRequest = Schemas['AnalyzeRequest'];
export type Need = Schemas['NeedView'];
export type Place = Schemas['PlaceView'];
export type Candidate = Schemas['CandidateView'];
export type Evidence = Schemas['EvidenceView'];
export type Change = Schemas['EditView'];
export type Relinked = Schemas['Relinked'];
export type ReadWorkflow = Schemas['ReadWorkflow'];
export type MissingNode = Schemas['MissingNode'];
export type LoaderValue = Schemas['LoaderValue'];
export type ModelRequest = Schemas['ModelRequest'];
export type Health = Schemas['Health'];

/** What a person can do to a job. */
export type Action = 'pause' | 'resume' | 'cancel' | 'retry' | 'approve' | 'reject';
