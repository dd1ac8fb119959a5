/** What the maintenance routes ask and answer, by the names that the panel uses. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Accepted = Schemas['Accepted'];
export type BrokenList = Schemas['BrokenList'];
export type BrokenModel = Schemas['BrokenView'];
export type ChangeAnswer = Schemas['ChangeAnswer'];
export type Duplicates = Schemas['DuplicatesList'];
export type FileChange = Schemas['ChangeView'];
export type Freeing = Schemas['Freeing'];
export type FreeingPlan = Schemas['FreeingPlan'];
export type FreeingRequest = Schemas['FreeingRequest'];
export type JobItem = Schemas['ItemView'];
export type JobItems = Schemas['ItemList'];
export type KeepRule = Schemas['KeepRule'];
export type Maintenance = Schemas['MaintenanceView'];
export type Model = Schemas['ModelView'];
export type ModelList = Schemas['ModelList'];
export type News = Schemas['NotificationView'];
export type NewsList = Schemas['NotificationList'];
export type Policy = Schemas['ScanPolicy'];
export type Purged = Schemas['PurgedView'];
export type Recommendation = Schemas['RecommendationView'];
export type SameWeights = Schemas['SameWeightsView'];
export type Schedule = Schemas['ScheduleView'];
export type ScheduleTask = Schemas['Task'];
export type Share = Schemas['ShareView'];
export type Space = Schemas['SpaceView'];
export type TodoKind = Schemas['ActionKind'];
export type Trashed = Schemas['TrashView'];
export type TrashList = Schemas['TrashList'];
export type Update = Schemas['UpdateView'];
export type Updates = Schemas['UpdateList'];
export type Variant = Schemas['VariantView'];
export type WatchedRoot = Schemas['WatchedRootView'];
export type When = Schemas['WhenView'];
