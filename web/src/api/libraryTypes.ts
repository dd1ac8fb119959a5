/** The library in requests and answers. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Model = Schemas['ModelView'];
export type ModelPage = Schemas['ModelList'];
export type Accepted = Schemas['Accepted'];
export type Facet = Schemas['FacetView'];
export type Facets = Schemas['FacetsView'];
export type Sort = Schemas['Sort'];
export type Marks = Schemas['MarksView'];
export type PreviewFacts = Schemas['PreviewFacts'];
export type Metadata = Schemas['MetadataView'];
export type MetadataPatch = Schemas['MetadataPatch'];
export type Owner = Schemas['Owner'];
export type FormerValue = Schemas['FormerValueView'];
export type KnownPicture = Schemas['KnownPictureView'];
export type Update = Schemas['UpdateView'];
export type SavedFilter = Schemas['FilterView'];
export type MoveTo = Schemas['MoveRequest'];
export type FileChange = Schemas['ChangeView'];
export type Changed = Schemas['ChangeAnswer'];
export type PatchedWorkflow = Schemas['PatchedView'];
export type NamingWorkflow = Schemas['NamingWorkflowView'];

/** What is asked of a list. */
export interface ModelQuery {
  q: string;
  category: string | null;
  sort: Sort;
  backwards: boolean;
}

/** The models that an action is about: these, or all that a search finds without some. */
export type Target =
  | { ids: readonly string[] }
  | { query: string; category: string | null; without: readonly string[] };
